#include "core/manifest/environment.h"

#include <cstdlib>

#include "core/manifest/quote.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr size_t kMaxInterpolated = 1 << 20;  // bytes of one value

bool IsNameByte(char c, bool first) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
}

Status Wrong(std::string message) { return Status(StatusKind::kConfig, std::move(message)); }

// What stands between the braces: NAME or NAME:-default.
Result<std::string> ValueOf(std::string_view reference, const Environment& environment) {
  size_t end = 0;
  while (end < reference.size() && IsNameByte(reference[end], end == 0)) ++end;
  const std::string name(reference.substr(0, end));
  const std::string_view rest = reference.substr(end);
  const bool has_default = rest.substr(0, 2) == ":-";
  if (name.empty() || (!rest.empty() && !has_default))
    return Wrong(Quote("${" + std::string(reference) + "}") +
                 " is no reference to a variable; ${NAME} and ${NAME:-default} are, $${ stands for the characters ${");
  // Without nesting: what looks like a default with a variable in it would end at the first '}'.
  if (rest.find("${") != std::string_view::npos)
    return Wrong(Quote("${" + std::string(reference) + "}") + ": a default cannot hold a variable");
  std::optional<std::string> value = environment(name);
  if (has_default && (!value || value->empty())) return std::string(rest.substr(2));
  if (!value) return Wrong("the environment variable " + Quote(name) + " is not set; write ${" + name + ":-default} to do without");
  if (!IsValidUtf8(*value)) return Wrong("the environment variable " + Quote(name) + " is not valid UTF-8");
  return *std::move(value);
}

}  // namespace

Environment ProcessEnvironment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
}

Result<std::string> Interpolate(std::string_view text, const Environment& environment) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t dollar = text.find("${", at);
    if (dollar == std::string_view::npos) {
      out += text.substr(at);
      break;
    }
    if (dollar > at && text[dollar - 1] == '$') {
      out += text.substr(at, dollar - 1 - at);
      out += "${";
      at = dollar + 2;
      continue;
    }
    out += text.substr(at, dollar - at);
    const size_t end = text.find('}', dollar);
    if (end == std::string_view::npos) return Wrong("'${' without '}'; $${ stands for the characters ${");
    Result<std::string> value = ValueOf(text.substr(dollar + 2, end - dollar - 2), environment);
    if (!value.ok()) return value.status();
    out += *value;
    if (out.size() > kMaxInterpolated) return Wrong("the value is longer than 1 MiB once its variables are filled in");
    at = end + 1;
  }
  return out;
}

}  // namespace garner
