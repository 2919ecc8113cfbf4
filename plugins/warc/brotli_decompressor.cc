#include <brotli/decode.h>

#include "decompressor.h"

namespace garner::warc {
namespace {

class Brotli final : public Decompressor {
 public:
  ~Brotli() override { BrotliDecoderDestroyInstance(state_); }

  void Begin() override {
    BrotliDecoderDestroyInstance(state_);
    state_ = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  }

  Step Decode(std::string_view input, char* out, size_t room) override {
    if (state_ == nullptr) return {0, 0, false, "there is no memory to decode it"};
    size_t input_left = input.size();
    size_t room_left = room;
    const auto* next_in = reinterpret_cast<const uint8_t*>(input.data());
    auto* next_out = reinterpret_cast<uint8_t*>(out);
    const BrotliDecoderResult result = BrotliDecoderDecompressStream(state_, &input_left, &next_in, &room_left, &next_out, nullptr);
    Step step{input.size() - input_left, room - room_left, result == BROTLI_DECODER_RESULT_SUCCESS, nullptr};
    if (result == BROTLI_DECODER_RESULT_ERROR) step.damage = "its data are corrupt";
    return step;
  }

 private:
  BrotliDecoderState* state_ = nullptr;
};

}  // namespace

std::unique_ptr<Decompressor> MakeBrotliDecompressor() { return std::make_unique<Brotli>(); }

}  // namespace garner::warc
