// The outcome of an operation that can fail for reasons outside the program: input, files, options, plugins.
//
//   Result<Plan> plan = LoadPlan(path);
//   if (!plan.ok()) return plan.status();
//   Use(*plan);
//
// A message names the place, then the problem, then what would be accepted. A broken invariant of the program itself is an
// assert, not a Status. Values; no sharing between threads.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace garner {

// What kind of trouble it was. The words that KindName gives stand in outcomes and reports.
enum class StatusKind {
  kOk,
  kInvalidInput,  // the document's bytes cannot be taken as what they claim to be
  kInvalidEdits,  // a stage proposed edits that contradict each other or the document
  kLimit,         // a named limit was reached
  kNotFound,      // a file, plugin or record is not there
  kUnreadable,    // it is there and cannot be read: permissions, I/O errors
  kUnsupported,   // nothing here takes it: no decoder for the media type, say
  kConfig,        // a manifest, option or command is wrong
  kIo,            // the output cannot be written
  kInternal,      // the stage failed by its own fault: an exception, a refused allocation
};

// "invalid_input", "limit" ...
std::string_view KindName(StatusKind kind);

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}

  bool ok() const { return kind_ == StatusKind::kOk; }
  StatusKind kind() const { return kind_; }
  const std::string& message() const { return message_; }

 private:
  StatusKind kind_ = StatusKind::kOk;
  std::string message_;
};

inline Status OkStatus() { return {}; }

// Either a value or the Status that says why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}  // NOLINT: implicit, so that `return value;` reads well
  Result(Status status) : status_(std::move(status)) { assert(!status_.ok()); }  // NOLINT: likewise

  bool ok() const { return value_.has_value(); }
  const Status& status() const { return status_; }

  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  std::optional<T> value_;
  Status status_;
};

}  // namespace garner
