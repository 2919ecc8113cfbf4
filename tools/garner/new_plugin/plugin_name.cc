#include "tools/garner/new_plugin/plugin_name.h"

#include <algorithm>
#include <iterator>

namespace garner {
namespace {

constexpr size_t kMaxNameBytes = 64;

// Keywords of C++20 in lower case, and what else cannot be an identifier.
constexpr std::string_view kCppWords[] = {
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "char16_t", "char32_t",
    "char8_t", "class", "co_await", "co_return", "co_yield", "compl", "concept", "const", "const_cast", "consteval", "constexpr", "constinit", "continue", "decltype",
    "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto",
    "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq", "private",
    "protected", "public", "register", "reinterpret_cast", "requires", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch",
    "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using", "virtual", "void",
    "volatile", "wchar_t", "while", "xor", "xor_eq"};
// Macros of compilers and of the standard library.
constexpr std::string_view kMacros[] = {"assert", "errno", "i386", "linux", "major", "minor", "offsetof", "setjmp", "stderr", "stdin", "stdout", "unix"};
constexpr std::string_view kProtoWords[] = {"edition", "extend", "extensions", "group", "import", "map", "max", "message", "oneof", "option", "optional", "package",
                                            "repeated", "required", "reserved", "returns", "rpc", "service", "stream", "syntax", "to", "weak"};
constexpr std::string_view kNamespaces[] = {"boost", "fmt", "garner", "garner_plugins", "google", "icu", "std", "testing"};
constexpr std::string_view kTargets[] = {"all", "clean", "edit_cache", "help", "install", "list_install_components", "package", "package_source", "rebuild_cache", "test"};
// What reports call garner's own work.
constexpr std::string_view kStages[] = {"detect", "host"};

template <size_t size>
bool IsOneOf(const std::string_view (&words)[size], std::string_view name) {
  return std::find(std::begin(words), std::end(words), name) != std::end(words);
}

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWellFormed(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || !IsLetter(name[0]) || name.back() == '_') return false;
  for (size_t i = 0; i < name.size(); ++i)
    if (!IsLetter(name[i]) && !IsDigit(name[i]) && (name[i] != '_' || name[i - 1] == '_')) return false;
  return true;
}

// A name that would do, made of the letters and digits of one that does not.
std::string Mended(std::string_view name) {
  std::string mended;
  for (char c : name.substr(0, kMaxNameBytes)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (IsLetter(c) || (IsDigit(c) && !mended.empty())) {
      mended.push_back(c);
    } else if (!mended.empty() && mended.back() != '_') {
      mended.push_back('_');
    }
  }
  while (!mended.empty() && mended.back() == '_') mended.pop_back();
  return mended;
}

std::string_view Taken(std::string_view name) {
  if (IsOneOf(kCppWords, name)) return "a word of C++";
  if (IsOneOf(kMacros, name)) return "a macro of C++";
  if (IsOneOf(kProtoWords, name)) return "a word of the Protobuf language";
  if (IsOneOf(kNamespaces, name)) return "a namespace that its code uses";
  if (IsOneOf(kTargets, name)) return "a target of CMake's own";
  if (IsOneOf(kStages, name)) return "what reports call garner's own work";
  if (name.substr(0, 7) == "garner_") return "kept for garner's own: its libraries begin so";
  return {};
}

}  // namespace

Status CheckNewPluginName(std::string_view name) {
  const std::string quoted = "'" + std::string(name) + "'";
  if (!IsWellFormed(name)) {
    const std::string mended = Mended(name);
    return Status(StatusKind::kConfig, quoted + " is no name of a plugin; lower-case letters, digits and single underscores are accepted, a letter first, " +
                                           std::to_string(kMaxNameBytes) + " at most" + (mended.empty() ? "" : ": " + mended + ", for instance"));
  }
  if (const std::string_view taken = Taken(name); !taken.empty())
    return Status(StatusKind::kConfig, quoted + " is " + std::string(taken) + "; choose another name: my_" + std::string(name) + ", for instance");
  return OkStatus();
}

std::string ClassName(std::string_view plugin_name) {
  std::string name;
  bool upper = true;
  for (const char c : plugin_name) {
    if (c != '_') name.push_back(upper && IsLetter(c) ? static_cast<char>(c - 'a' + 'A') : c);
    upper = c == '_';
  }
  return name;
}

}  // namespace garner
