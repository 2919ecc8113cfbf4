#include "core/job/expansion_budget.h"

#include <algorithm>
#include <string>
#include <utility>

namespace garner {
namespace {

// What is read twice counts once, as far as the size is known.
class GivenStream final : public ByteStream {
 public:
  GivenStream(std::unique_ptr<ByteStream> behind, ExpansionBudget& budget) : behind_(std::move(behind)), budget_(budget) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    Result<size_t> count = behind_->Read(buffer, size);
    if (!count.ok()) return count;
    const uint64_t size_known = behind_->size().value_or(UINT64_MAX);
    const uint64_t counted = std::min<uint64_t>(*count, size_known - std::min(counted_, size_known));
    counted_ += counted;
    budget_.AddGiven(counted);
    return count;
  }
  std::optional<uint64_t> size() const override { return behind_->size(); }
  bool seekable() const override { return behind_->seekable(); }
  Status Seek(uint64_t position) override { return behind_->Seek(position); }

 private:
  const std::unique_ptr<ByteStream> behind_;
  ExpansionBudget& budget_;
  uint64_t counted_ = 0;
};

class MadeStream final : public ByteStream {
 public:
  MadeStream(std::unique_ptr<ByteStream> behind, ExpansionBudget& budget) : behind_(std::move(behind)), budget_(budget) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    Result<size_t> count = behind_->Read(buffer, size);
    if (!count.ok()) return count;
    budget_.AddMade(*count);
    const Status status = budget_.status();
    return status.ok() ? count : Result<size_t>(status);
  }
  std::optional<uint64_t> size() const override { return behind_->size(); }
  bool seekable() const override { return behind_->seekable(); }
  Status Seek(uint64_t position) override { return behind_->Seek(position); }

 private:
  const std::unique_ptr<ByteStream> behind_;
  ExpansionBudget& budget_;
};

}  // namespace

std::unique_ptr<ByteStream> ExpansionBudget::Given(std::unique_ptr<ByteStream> stream) { return std::make_unique<GivenStream>(std::move(stream), *this); }

std::unique_ptr<ByteStream> ExpansionBudget::Made(std::unique_ptr<ByteStream> stream) { return std::make_unique<MadeStream>(std::move(stream), *this); }

Status ExpansionBudget::status() const {
  if (ratio_ == 0 || made_ <= kFreeBytes || made_ / ratio_ <= given_) return OkStatus();
  return Status(StatusKind::kLimit, "what the source gave expands, with all the containers in it, to more than " + std::to_string(ratio_) +
                                        " times its size; raise limits.container_ratio to read it");
}

}  // namespace garner
