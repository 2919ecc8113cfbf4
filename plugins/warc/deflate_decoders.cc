// gzip, zlib and bare deflate by ISA-L, which decodes about twice as fast as zlib and checks the sums.
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "member_decoder.h"

namespace garner::warc {
namespace {

uint32_t Part(size_t size) { return static_cast<uint32_t>(std::min<size_t>(size, std::numeric_limits<uint32_t>::max())); }

const char* Words(int result) {
  switch (result) {
    case ISAL_INVALID_WRAPPER: return "its header is not one of its kind";
    case ISAL_UNSUPPORTED_METHOD: return "its header names a method that there is not";
    case ISAL_INCORRECT_CHECKSUM: return "its checksum does not fit";
    case ISAL_INVALID_LOOKBACK: return "its data point behind their beginning";
    case ISAL_NEED_DICT: return "it wants a dictionary";
    default: return "its data are corrupt";
  }
}

class IsaL {
 public:
  // `wrapper`: ISAL_GZIP, ISAL_ZLIB or ISAL_DEFLATE.
  void Begin(uint32_t wrapper) {
    isal_inflate_init(&state_);
    state_.crc_flag = wrapper;
  }

  Decompressor::Step Decode(std::string_view input, char* out, size_t room) {
    state_.next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(input.data()));
    state_.avail_in = Part(input.size());
    state_.next_out = reinterpret_cast<uint8_t*>(out);
    state_.avail_out = Part(room);
    const uint32_t given = state_.avail_in;
    const uint32_t offered = state_.avail_out;
    const int result = isal_inflate(&state_);
    Decompressor::Step step;
    step.taken = given - state_.avail_in;
    step.made = offered - state_.avail_out;
    step.ended = state_.block_state == ISAL_BLOCK_FINISH;
    if (result != ISAL_DECOMP_OK && result != ISAL_END_INPUT && result != ISAL_OUT_OVERFLOW) step.damage = Words(result);
    return step;
  }

 private:
  inflate_state state_ = {};
};

// How far it comes before it sees damage depends on how much it is given.
constexpr size_t kGzipInput = size_t{64} << 10;

class GzipDecoder final : public MemberDecoder {
 public:
  void Begin() override { state_.Begin(ISAL_GZIP); }
  Step Decode(std::string_view input, char* out, size_t room) override { return state_.Decode(input, out, room); }

  size_t wanted() const override { return kGzipInput; }
  size_t wanted_for_beginning() const override { return 4096; }
  bool MayBegin(std::string_view input) const override {
    // Magic, deflate, no reserved flag.
    return input.size() >= 4 && input.substr(0, 3) == "\x1f\x8b\x08" && (static_cast<unsigned char>(input[3]) & 0xE0) == 0;
  }
  char first_byte() const override { return '\x1f'; }
  size_t Padding(std::string_view input) const override { return std::min(input.find_first_not_of('\0'), input.size()); }
  const char* noun() const override { return "gzip member"; }

 private:
  IsaL state_;
};

class Inflating final : public Decompressor {
 public:
  explicit Inflating(uint32_t wrapper) : wrapper_(wrapper) {}
  void Begin() override { state_.Begin(wrapper_); }
  Step Decode(std::string_view input, char* out, size_t room) override { return state_.Decode(input, out, room); }

 private:
  const uint32_t wrapper_;
  IsaL state_;
};

}  // namespace

std::unique_ptr<MemberDecoder> MakeGzipDecoder() { return std::make_unique<GzipDecoder>(); }
std::unique_ptr<Decompressor> MakeZlibDecompressor() { return std::make_unique<Inflating>(ISAL_ZLIB); }
std::unique_ptr<Decompressor> MakeDeflateDecompressor() { return std::make_unique<Inflating>(ISAL_DEFLATE); }

}  // namespace garner::warc
