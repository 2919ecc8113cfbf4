#include "mail_metadata.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>

#include "ascii.h"
#include "garner/utf8.h"

namespace garner::email {
namespace {

// Longer headers hold no more people than anybody asks for.
constexpr size_t kMaxAddressBytes = 16384;
constexpr int kMaxAuthors = 50;
constexpr int kMaxGroups = 8;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

std::string NameOf(InternetAddress* address) {
  const char* name = internet_address_get_name(address);
  if (name != nullptr && *name != '\0') return name;
  const char* mailbox = INTERNET_ADDRESS_IS_MAILBOX(address) ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)) : nullptr;
  return mailbox == nullptr ? "" : mailbox;
}

void AddNames(InternetAddressList* list, int depth, std::vector<std::string>& names) {
  const int count = internet_address_list_length(list);
  for (int i = 0; i < count && static_cast<int>(names.size()) < kMaxAuthors; ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
      if (depth < kMaxGroups) AddNames(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), depth + 1, names);
      continue;
    }
    names.push_back(SanitizeUtf8(NameOf(address)));
  }
}

// Names, and addresses where there are no names.
std::vector<std::string> ReadNames(std::string_view header) {
  const std::string text = DecodeAddressHeader(header.substr(0, kMaxAddressBytes));
  std::vector<std::string> names;
  const std::unique_ptr<InternetAddressList, Unref> list(internet_address_list_parse(nullptr, text.c_str()));
  if (list) AddNames(list.get(), 0, names);
  return names;
}

std::string WithoutComments(std::string_view text) {
  std::string made;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) made.push_back(IsLineEnd(c) ? ' ' : c);
    if (c == ')' && depth > 0) --depth;
  }
  return made;
}

// "09:30" or "09:30:15": where the time stands and how long it is.
struct Clock {
  size_t begin = 0;
  size_t size = 0;
};

std::optional<Clock> FindClock(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 2 >= text.size() || !IsDigit(text[colon - 1]) || !IsDigit(text[colon + 1])) return std::nullopt;
  Clock clock;
  clock.begin = colon > 1 && IsDigit(text[colon - 2]) ? colon - 2 : colon - 1;
  const bool seconds = colon + 4 < text.size() && text[colon + 3] == ':' && IsDigit(text[colon + 4]);
  clock.size = colon + 3 - clock.begin + (seconds ? 3 : 0);
  return clock;
}

// "+0100", "GMT" ...: what stands behind the time.
std::string_view ZoneOf(std::string_view text, const Clock& clock) {
  const std::string_view rest = TrimAscii(text.substr(std::min(text.size(), clock.begin + clock.size)));
  const bool numeric = rest.size() >= 5 && (rest[0] == '+' || rest[0] == '-') && IsDigit(rest[1]);
  const bool named = !rest.empty() && ((rest[0] >= 'A' && rest[0] <= 'Z') || (rest[0] >= 'a' && rest[0] <= 'z'));
  return numeric || named ? rest : std::string_view();
}

// What offset a name means, and only where it means one: "IST" is India, Israel or Ireland.
bool IsKnownZone(std::string_view zone) {
  if (zone[0] == '+' || zone[0] == '-') return true;
  const std::string_view word = zone.substr(0, zone.find(' '));
  for (const std::string_view known : {"gmt", "ut", "utc", "z", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt"})
    if (EqualsIgnoringCase(word, known)) return true;
  return false;
}

std::string ZoneSuffix(GDateTime* date) {
  const gint64 offset = g_date_time_get_utc_offset(date) / G_TIME_SPAN_MINUTE;
  if (offset == 0) return "Z";
  const gint64 minutes = offset < 0 ? -offset : offset;
  char text[16];
  std::snprintf(text, sizeof text, "%c%02d:%02d", offset < 0 ? '-' : '+', static_cast<int>(minutes / 60 % 100), static_cast<int>(minutes % 60));
  return text;
}

// "<a@b>" without its brackets; the first of several.
std::string_view InBrackets(std::string_view value) {
  const size_t begin = value.find('<');
  if (begin == std::string_view::npos) return TrimAscii(value);
  const size_t end = value.find('>', begin);
  return end == std::string_view::npos ? std::string_view() : value.substr(begin + 1, end - begin - 1);
}

// The last one: in a list of references that is the mail which this one answers.
std::string_view LastInBrackets(std::string_view value) {
  const size_t begin = value.rfind('<');
  return begin == std::string_view::npos ? InBrackets(value) : InBrackets(value.substr(begin));
}

// The first tag of a Content-Language; empty where it is none (RFC 5646 has letters, digits and hyphens).
std::string FirstLanguage(std::string_view value) {
  const std::string_view tag = TrimAscii(value.substr(0, value.find_first_of(",;")));
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  return std::all_of(tag.begin(), tag.end(), fits) ? std::string(tag) : std::string();
}

class Reader {
 public:
  Reader(std::string_view payload, const Part& mail) : payload_(payload), mail_(mail) {}

  std::vector<Found> Read() {
    Add("title", "subject", [](std::string_view value) { return DecodeHeader(value); });
    AddPeople();
    Add("date_published", "date", NormalizeMailDate);
    Add("language", "content-language", FirstLanguage);
    AddKeywords();
    Add("message_id", "message-id", [](std::string_view value) { return DecodeHeader(InBrackets(value)); });
    Add("in_reply_to", mail_.Find("in-reply-to") != nullptr ? "in-reply-to" : "references", [](std::string_view value) { return DecodeHeader(LastInBrackets(value)); });
    Add("list_id", "list-id", [](std::string_view value) { return DecodeHeader(LastInBrackets(value)); });
    Add("canonical_url", "archived-at", [](std::string_view value) { return DecodeHeader(InBrackets(value)); });
    return std::move(found_);
  }

 private:
  template <typename Make>
  void Add(const char* key, const char* header, Make&& make) {
    const Field* field = mail_.Find(header);
    if (field != nullptr) Push(key, make(ValueOf(*field)), field->value);
  }

  std::string_view ValueOf(const Field& field) const { return payload_.substr(field.value.begin, field.value.size()); }

  void Push(const char* key, std::string value, Span evidence) {
    // Headers are taken from the bytes as they stand, and may hold any.
    value = SanitizeUtf8(value);
    if (!Trim(value).empty()) found_.push_back({key, std::move(value), evidence});
  }

  void AddPeople() {
    for (const char* header : {"from", "sender"}) {
      const Field* field = mail_.Find(header);
      if (field == nullptr) continue;
      const std::vector<std::string> names = ReadNames(ValueOf(*field));
      for (const std::string& name : names) Push("authors", name, field->value);
      if (!names.empty()) return;
    }
  }

  void AddKeywords() {
    const Field* field = mail_.Find("keywords");
    if (field == nullptr) return;
    const std::string text = DecodeHeader(ValueOf(*field));
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find_first_of(",;", at), text.size());
      Push("tags", std::string(Trim(std::string_view(text).substr(at, end - at))), field->value);
      at = end + 1;
    }
  }

  const std::string_view payload_;
  const Part& mail_;
  std::vector<Found> found_;
};

}  // namespace

std::string NormalizeMailDate(std::string_view header) {
  const std::string text(TrimAscii(WithoutComments(header.substr(0, 256))));
  GDateTime* date = g_mime_utils_header_decode_date(text.c_str());
  if (date == nullptr) return {};
  char day[32];
  std::snprintf(day, sizeof day, "%04d-%02d-%02d", g_date_time_get_year(date), g_date_time_get_month(date), g_date_time_get_day_of_month(date));
  std::string made = day;
  if (const std::optional<Clock> clock = FindClock(text)) {
    char time[32];
    std::snprintf(time, sizeof time, "T%02d:%02d", g_date_time_get_hour(date), g_date_time_get_minute(date));
    made += time;
    const std::string_view zone = ZoneOf(text, *clock);
    if (clock->size >= 7) {  // with seconds
      std::snprintf(time, sizeof time, ":%02d", g_date_time_get_second(date));
      made += time;
    }
    if (!zone.empty() && IsKnownZone(zone)) made += ZoneSuffix(date);
  }
  g_date_time_unref(date);
  return made;
}

std::vector<Found> ReadMetadata(std::string_view payload, const Part& mail) { return Reader(payload, mail).Read(); }

void InitializeGMime() {
  static std::once_flag once;
  std::call_once(once, [] {
    g_mime_init();
    const char* charset = nullptr;
    g_get_charset(&charset);  // reads a file the first time
  });
}

}  // namespace garner::email
