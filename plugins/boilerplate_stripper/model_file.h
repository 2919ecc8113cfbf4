// What the readers of models share: numbers off the front of a file, and one copy of a model for all who load the same bytes.
#pragma once

#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>

#include "garner/hash.h"
#include "garner/status.h"

namespace garner::boilerplate_stripper {

// Takes numbers off the front of a text; says whether there was enough of it.
class ModelReader {
 public:
  explicit ModelReader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  bool Take(T* value) {
    return TakeInto(value, 1);
  }
  template <typename T>
  bool TakeInto(T* values, size_t count) {
    if (rest_.size() / sizeof(T) < count) return false;
    std::memcpy(values, rest_.data(), count * sizeof(T));
    rest_.remove_prefix(count * sizeof(T));
    return true;
  }
  bool TakeText(size_t size, std::string_view* text) {
    if (rest_.size() < size) return false;
    *text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  bool TakeMagic(std::string_view magic) {
    std::string_view found;
    return TakeText(magic.size(), &found) && found == magic;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// `parse`: Result<Model>(std::string_view bytes). Every worker has a stage of its own; the model is theirs together. Safe from any thread.
template <typename Model, typename Parse>
Result<std::shared_ptr<const Model>> LoadShared(const std::string& path, Parse parse) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": the model cannot be read");
  std::stringstream stream;
  stream << in.rdbuf();
  const std::string bytes = stream.str();

  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const Model>> loaded;
  const std::lock_guard<std::mutex> lock(mutex);
  std::weak_ptr<const Model>& known = loaded[Sha256Hex(bytes)];
  if (std::shared_ptr<const Model> shared = known.lock()) return shared;
  Result<Model> model = parse(std::string_view(bytes));
  if (!model.ok()) return model.status();
  auto shared = std::make_shared<const Model>(*std::move(model));
  known = shared;
  return std::shared_ptr<const Model>(shared);
}

}  // namespace garner::boilerplate_stripper
