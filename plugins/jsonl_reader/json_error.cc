#include "json_error.h"

#include <nlohmann/json.hpp>

#include "garner/escape.h"

namespace garner::jsonl_reader {
namespace {

constexpr size_t kMaxMessage = 200;

// Takes whatever comes, and keeps what was wrong.
class ErrorFinder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    place = position;
    message = error.what();
    return false;
  }

  size_t place = 0;
  std::string message;
};

// "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while ...": what stands behind the place.
std::string_view Reason(std::string_view message) {
  const size_t column = message.find("column ");
  const size_t colon = message.find(": ", column == std::string_view::npos ? 0 : column);
  return colon == std::string_view::npos ? message : message.substr(colon + 2);
}

}  // namespace

std::string DescribeJsonError(std::string_view json) {
  ErrorFinder finder;
  if (nlohmann::json::sax_parse(json.begin(), json.end(), &finder)) return {};
  return "column " + std::to_string(finder.place) + ": " + EscapeForTerminal(Reason(finder.message), kMaxMessage);
}

}  // namespace garner::jsonl_reader
