#include "field_path.h"

namespace garner::jsonl_reader {
namespace {

// What records call things as a rule, with those of garner's own sink.
const std::vector<std::string>& UsualMappings() {
  static const std::vector<std::string> usual = {
      "title=title",         "title=headline",          "authors=authors",     "authors=author",
      "authors=metadata.authors", "date_published=date_published", "date_published=published", "date_published=date",
      "date_published=metadata.date_published", "language=language", "language=lang", "description=description",
      "description=summary", "tags=tags",               "tags=keywords",       "tags=metadata.tags",
      "section=section",     "section=metadata.section", "publisher=publisher", "publisher=metadata.publisher",
      "canonical_url=canonical_url"};
  return usual;
}

}  // namespace

FieldPath ParsePath(std::string_view written) {
  FieldPath path(1);
  for (size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '\\' && i + 1 < written.size()) {
      path.back() += written[++i];
    } else if (written[i] == '.') {
      path.emplace_back();
    } else {
      path.back() += written[i];
    }
  }
  return path;
}

Result<std::vector<Mapping>> ParseMappings(const std::vector<std::string>& written) {
  std::vector<Mapping> mappings;
  for (const std::string& one : written.empty() ? UsualMappings() : written) {
    const size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      return Status(StatusKind::kConfig, "option 'metadata': '" + one + "' is no KEY=FIELD; \"title=headline\" is one");
    mappings.push_back({one.substr(0, equals), ParsePath(std::string_view(one).substr(equals + 1))});
  }
  return mappings;
}

}  // namespace garner::jsonl_reader
