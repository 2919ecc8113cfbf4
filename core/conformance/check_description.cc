// description, options: what the library says of itself. Runs none of its code.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "core/conformance/checks.h"
#include "core/manifest/option_value.h"
#include "core/manifest/options_doc.h"

namespace garner {
namespace {

using Field = google::protobuf::FieldDescriptor;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordCharacter(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsNumber(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit) && (text.size() == 1 || text[0] != '0'); }

// semver.org: three numbers, then perhaps -words and +words.
bool IsSemanticVersion(std::string_view version) {
  const size_t tail = version.find_first_of("-+");
  std::string_view core = version.substr(0, tail);
  for (int i = 0; i < 3; ++i) {
    const size_t dot = i < 2 ? core.find('.') : core.size();
    if (dot == std::string_view::npos || !IsNumber(core.substr(0, dot))) return false;
    core.remove_prefix(std::min(core.size(), dot + 1));
  }
  if (tail == std::string_view::npos) return true;
  const std::string_view rest = version.substr(tail + 1);
  return !rest.empty() && std::all_of(rest.begin(), rest.end(), [](char c) { return IsWordCharacter(c) || c == '.' || c == '-' || c == '+'; });
}

// The grammar of SPDX expressions, not the list of licences: names joined by AND, OR and WITH, in parentheses perhaps.
bool IsLicenceExpression(std::string_view text) {
  bool wants_name = true;
  int open = 0;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == ' ') {
      ++at;
    } else if (c == '(') {
      if (!wants_name) return false;
      ++open;
      ++at;
    } else if (c == ')') {
      if (wants_name || --open < 0) return false;
      ++at;
    } else {
      size_t end = at;
      while (end < text.size() && (IsWordCharacter(text[end]) || text[end] == '-' || text[end] == '.' || text[end] == '+' || text[end] == ':')) ++end;
      const std::string_view word = text.substr(at, end - at);
      if (word.empty()) return false;
      const bool joins = word == "AND" || word == "OR" || word == "WITH";
      if (joins == wants_name) return false;
      wants_name = joins;
      at = end;
    }
  }
  return !wants_name && open == 0;
}

// type/subtype in lower case, without parameters.
bool IsMediaType(std::string_view type) {
  const size_t slash = type.find('/');
  const auto fits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || std::string_view("!#$&-^_.+").find(c) != std::string_view::npos; });
  };
  return slash != std::string_view::npos && fits(type.substr(0, slash)) && fits(type.substr(slash + 1));
}

bool Declares(const v1::PluginManifest& manifest, const std::string& media_type) {
  return std::find(manifest.media_types().begin(), manifest.media_types().end(), media_type) != manifest.media_types().end();
}

constexpr char kManifestAdvice[] = "plugin.textproto holds it; garner/v1/plugin.proto says what each field means";

Verdict BadManifest(std::string seen, std::string right) { return Failure(std::move(seen), std::move(right), kManifestAdvice); }

bool TakesPayloads(const v1::PluginManifest& manifest) {
  return manifest.kind() == v1::PluginManifest::DECODER || manifest.kind() == v1::PluginManifest::UNPACKER;
}

// The first field that is for other kinds; empty for none.
std::string ForeignField(const v1::PluginManifest& manifest) {
  if (!TakesPayloads(manifest) && manifest.media_types_size() > 0) return "media_types";
  if (!TakesPayloads(manifest) && manifest.signatures_size() > 0) return "signatures";
  if (!TakesPayloads(manifest) && manifest.extensions_size() > 0) return "extensions";
  const bool transform = manifest.kind() == v1::PluginManifest::TRANSFORM;
  if (!transform && manifest.adds_metadata_size() > 0) return "adds_metadata";
  if (!transform && manifest.has_decides()) return "decides";
  if (manifest.kind() != v1::PluginManifest::UNPACKER && manifest.raw_compressions_size() > 0) return "raw_compressions";
  if (manifest.kind() != v1::PluginManifest::DECODER && manifest.has_restores_documents()) return "restores_documents";
  return {};
}

Verdict CheckMediaTypes(const v1::PluginManifest& manifest) {
  for (const std::string& type : manifest.media_types())
    if (!IsMediaType(type)) return BadManifest("media type '" + Shortened(type) + "'", "type/subtype in lower case, without parameters");
  for (const v1::Signature& signature : manifest.signatures()) {
    if (!Declares(manifest, signature.media_type())) return BadManifest("a signature gives away '" + Shortened(signature.media_type()) + "'", "one of the plugin's media_types");
    if (signature.magic().size() < 2) return BadManifest("the signature of " + signature.media_type() + " has " + std::to_string(signature.magic().size()) + " bytes", "two bytes or more: fewer stand in any file");
  }
  for (const v1::Extension& extension : manifest.extensions()) {
    const std::string& name = extension.extension();
    const bool fits = !name.empty() && name.find_first_of("./ ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    if (!fits) return BadManifest("extension '" + Shortened(name) + "'", "a file name's ending without the dot, lower case");
    if (!Declares(manifest, extension.media_type())) return BadManifest("extension '" + name + "' stands for '" + Shortened(extension.media_type()) + "'", "one of the plugin's media_types");
  }
  return Passed();
}

Verdict BadOption(const std::string& option, const std::string& seen, const std::string& right) {
  return Failure("option '" + option + "' " + seen, right, "options.proto holds it: the comment is what `garner plugins` shows, `(garner.v1.rules)` what is accepted");
}

bool IsNumeric(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32:
    case Field::CPPTYPE_INT64:
    case Field::CPPTYPE_UINT32:
    case Field::CPPTYPE_UINT64:
    case Field::CPPTYPE_FLOAT:
    case Field::CPPTYPE_DOUBLE: return true;
    default: return false;
  }
}

double DefaultNumber(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32: return field.default_value_int32();
    case Field::CPPTYPE_INT64: return static_cast<double>(field.default_value_int64());
    case Field::CPPTYPE_UINT32: return field.default_value_uint32();
    case Field::CPPTYPE_UINT64: return static_cast<double>(field.default_value_uint64());
    case Field::CPPTYPE_FLOAT: return field.default_value_float();
    default: return field.default_value_double();
  }
}

std::string Number(double value) {
  std::string words = std::to_string(value);
  words.erase(words.find_last_not_of('0') + 1);
  if (words.back() == '.') words.pop_back();
  return words;
}

// Whether the host takes this text for the field.
Status Accepts(const Field& field, const v1::OptionRules& rules, const std::string& text) {
  YamlNode node;
  node.kind = YamlNode::Kind::kScalar;
  node.text = text;
  node.quoted = true;
  return ReadOptionValue(node, field, rules, "").status();
}

Verdict CheckRules(const Field& field, const std::string& name) {
  const v1::OptionRules& rules = RulesOf(field);
  if ((rules.has_min() || rules.has_max()) && !IsNumeric(field)) return BadOption(name, "has bounds, and is no number", "min and max stand at numbers");
  if (rules.has_min() && rules.has_max() && rules.min() > rules.max())
    return BadOption(name, "accepts " + Number(rules.min()) + " to " + Number(rules.max()) + ", which is nothing", "min is at most max");
  const bool text = field.type() == Field::TYPE_STRING;
  if ((rules.has_pattern() || rules.is_regex() || rules.file()) && !text && !field.is_map()) return BadOption(name, "has a rule for texts, and is none", "pattern, is_regex and file stand at strings");
  if (rules.required() && field.has_default_value()) return BadOption(name, "is required and has a default", "one of the two");
  if (!field.has_default_value()) return Passed();
  if (IsNumeric(field)) {
    const double value = DefaultNumber(field);
    if ((rules.has_min() && value < rules.min()) || (rules.has_max() && value > rules.max()) || std::isnan(value))
      return BadOption(name, "has the default " + Number(value) + ", which its rules refuse", "a default between min and max");
  }
  if (text && !rules.file())
    if (Status status = Accepts(field, rules, field.default_value_string()); !status.ok())
      return BadOption(name, "has a default that its rules refuse: " + status.message(), "a default that pattern and is_regex accept");
  return Passed();
}

}  // namespace

Verdict CheckDescription(Subject& subject) {
  const v1::PluginManifest& manifest = subject.file().manifest;
  if (!IsSemanticVersion(manifest.version())) return BadManifest("version '" + Shortened(manifest.version()) + "'", "a semantic version such as \"1.4.0\": it stands in every document's lineage");
  if (!IsLicenceExpression(manifest.licence())) return BadManifest("licence '" + Shortened(manifest.licence()) + "'", "an SPDX expression such as \"Apache-2.0\" or \"MIT OR Apache-2.0\"");
  const std::string& summary = manifest.summary();
  const bool sentence = summary.size() >= 10 && summary.size() <= 200 && summary.back() == '.' && summary.find('\n') == std::string::npos;
  if (!sentence) return BadManifest("summary '" + Shortened(summary) + "'", "one sentence of 10 to 200 bytes, with its full stop: `garner plugins` shows it");
  if (const std::string field = ForeignField(manifest); !field.empty())
    return BadManifest(field + " is set", "nothing there for a " + v1::PluginManifest::Kind_Name(manifest.kind()) + ": it would have no effect");
  for (const std::string& word : manifest.raw_compressions())
    if (word != "gzip" && word != "zstd") return BadManifest("raw_compressions names '" + Shortened(word) + "'", "\"gzip\" or \"zstd\"");
  return TakesPayloads(manifest) ? CheckMediaTypes(manifest) : Passed();
}

Verdict CheckOptions(Subject& subject) {
  const google::protobuf::Descriptor* message = subject.schema().message();
  if (message == nullptr)
    return subject.schema().error().empty() ? Passed("no options") : Failure(subject.schema().error(), "an options message that can be read", "options_message in plugin.textproto names a message of options.proto");
  for (const OptionDoc& option : DescribeOptions(subject.file()))
    if (option.doc.empty()) return BadOption(option.name, "has no comment", "a comment above the field that says what it does");
  for (int i = 0; i < message->field_count(); ++i)
    if (Verdict verdict = CheckRules(*message->field(i), message->field(i)->name()); verdict.outcome != Verdict::Outcome::kPassed) return verdict;
  return Passed(std::to_string(message->field_count()) + (message->field_count() == 1 ? " option" : " options"));
}

}  // namespace garner
