#include "charset_names.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>

#include "garner/utf8.h"

namespace garner {
namespace {

struct Label {
  std::string_view label;
  std::string_view charset;
};

// Where the WHATWG standard means something else than ICU, or ICU has no standard name. Keys as Squash() makes them.
constexpr std::array kLabels{
    // Pages that claim these contain windows-1252's quotation marks and dashes.
    Label{"ascii", "windows-1252"}, Label{"usascii", "windows-1252"}, Label{"latin1", "windows-1252"}, Label{"l1", "windows-1252"},
    Label{"iso88591", "windows-1252"}, Label{"isoir100", "windows-1252"}, Label{"ansix341968", "windows-1252"},
    Label{"cp819", "windows-1252"}, Label{"ibm819", "windows-1252"}, Label{"xcp1252", "windows-1252"}, Label{"ansi", "windows-1252"},
    Label{"iso88599", "windows-1254"}, Label{"latin5", "windows-1254"}, Label{"l5", "windows-1254"},
    Label{"iso885911", "windows-874"}, Label{"tis620", "windows-874"}, Label{"dos874", "windows-874"}, Label{"windows874", "windows-874"},
    Label{"iso88598i", "ISO-8859-8"}, Label{"logical", "ISO-8859-8"}, Label{"visual", "ISO-8859-8"},
    // Supersets of what is claimed: GB2312 < GBK < GB18030, EUC-KR < windows-949, Shift_JIS with Windows' additions.
    Label{"gb2312", "GB18030"}, Label{"gb231280", "GB18030"}, Label{"euccn", "GB18030"}, Label{"gbk", "GB18030"}, Label{"xgbk", "GB18030"},
    Label{"cp936", "GB18030"}, Label{"ms936", "GB18030"}, Label{"windows936", "GB18030"}, Label{"chinese", "GB18030"},
    Label{"isoir58", "GB18030"}, Label{"gb18030", "GB18030"},
    Label{"euckr", "windows-949"}, Label{"ksc5601", "windows-949"}, Label{"ksc56011987", "windows-949"}, Label{"ksc56011989", "windows-949"},
    Label{"korean", "windows-949"}, Label{"uhc", "windows-949"}, Label{"cp949", "windows-949"}, Label{"ms949", "windows-949"},
    Label{"windows949", "windows-949"}, Label{"isoir149", "windows-949"},
    Label{"sjis", "Shift_JIS"}, Label{"xsjis", "Shift_JIS"}, Label{"shiftjis", "Shift_JIS"}, Label{"mskanji", "Shift_JIS"},
    Label{"ms932", "Shift_JIS"}, Label{"cp932", "Shift_JIS"}, Label{"windows31j", "Shift_JIS"}, Label{"windows932", "Shift_JIS"},
    Label{"eucjp", "EUC-JP"}, Label{"xeucjp", "EUC-JP"}, Label{"ujis", "EUC-JP"},
    Label{"big5", "Big5"}, Label{"cnbig5", "Big5"}, Label{"xxbig5", "Big5"}, Label{"cp950", "Big5"}, Label{"big5hkscs", "Big5-HKSCS"},
    Label{"euctw", "EUC-TW"}, Label{"hz", "HZ-GB-2312"}, Label{"hzgb2312", "HZ-GB-2312"},
    Label{"koi", "KOI8-R"}, Label{"koi8", "KOI8-R"}, Label{"koi8ru", "KOI8-U"},
    Label{"866", "IBM866"}, Label{"dos866", "IBM866"}, Label{"cp866", "IBM866"},
    Label{"mac", "macintosh"}, Label{"xmacroman", "macintosh"}, Label{"maccyrillic", "x-mac-cyrillic"}, Label{"xmacukrainian", "x-mac-cyrillic"},
    Label{"maccentraleurope", "x-mac-centraleurroman"}, Label{"xmaccentraleurroman", "x-mac-centraleurroman"},
    Label{"utf8", "UTF-8"}, Label{"unicode11utf8", "UTF-8"}, Label{"unicode20utf8", "UTF-8"}, Label{"xunicode20utf8", "UTF-8"},
    // Without a byte order mark UTF-16 is little-endian in the wild.
    Label{"utf16", "UTF-16LE"}, Label{"unicode", "UTF-16LE"}, Label{"ucs2", "UTF-16LE"}, Label{"iso10646ucs2", "UTF-16LE"},
    Label{"utf16le", "UTF-16LE"}, Label{"utf16be", "UTF-16BE"}, Label{"unicodefeff", "UTF-16LE"}, Label{"unicodefffe", "UTF-16BE"},
    Label{"utf32", "UTF-32LE"}, Label{"utf32le", "UTF-32LE"}, Label{"utf32be", "UTF-32BE"}, Label{"ucs4", "UTF-32LE"},
};

// Lower case letters and digits only: labels differ in punctuation.
std::string Squash(std::string_view label) {
  std::string squashed;
  for (const char c : Trim(label.substr(0, 64))) {
    if (c >= 'A' && c <= 'Z') squashed.push_back(static_cast<char>(c - 'A' + 'a'));
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) squashed.push_back(c);
  }
  return squashed;
}

// Left out on purpose: UTF-7 (never on the web, a known way to smuggle markup), SCSU, BOCU-1, LMBCS and their like.
bool IsTextConverter(UConverterType type) {
  switch (type) {
    case UCNV_SBCS: case UCNV_DBCS: case UCNV_MBCS: case UCNV_LATIN_1: case UCNV_US_ASCII: case UCNV_EBCDIC_STATEFUL:
    case UCNV_ISO_2022: case UCNV_HZ: return true;
    default: return false;
  }
}

}  // namespace

std::string CanonicalCharset(std::string_view label) {
  const std::string squashed = Squash(label);
  if (squashed.empty()) return {};
  const auto* known = std::find_if(kLabels.begin(), kLabels.end(), [&](const Label& l) { return l.label == squashed; });
  if (known != kLabels.end()) return std::string(known->charset);

  const std::string name(Trim(label.substr(0, 64)));
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error) || !IsTextConverter(ucnv_getType(converter.get()))) return {};
  for (const char* standard : {"MIME", "IANA"}) {
    UErrorCode ignored = U_ZERO_ERROR;
    if (const char* spelling = ucnv_getStandardName(name.c_str(), standard, &ignored)) {
      // ISO-8859-1 and the like again, this time by the name that an alias led to.
      const std::string alias = Squash(spelling);
      const auto* meant = std::find_if(kLabels.begin(), kLabels.end(), [&](const Label& l) { return l.label == alias; });
      return meant != kLabels.end() ? std::string(meant->charset) : spelling;
    }
  }
  return ucnv_getName(converter.get(), &error);
}

bool IsSingleByteLatin(std::string_view charset) {
  constexpr std::array kLatin{"windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258", "ISO-8859-2", "ISO-8859-3",
                              "ISO-8859-4", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "IBM850", "IBM852", "IBM865", "macintosh", "x-mac-centraleurroman"};
  return std::find(kLatin.begin(), kLatin.end(), charset) != kLatin.end();
}

bool IsStateful(std::string_view charset) { return charset.substr(0, 9) == "ISO-2022-" || charset == "HZ-GB-2312"; }

bool IsWide(std::string_view charset) { return charset.substr(0, 6) == "UTF-16" || charset.substr(0, 6) == "UTF-32"; }

}  // namespace garner
