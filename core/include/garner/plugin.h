// The one line that makes a stage class a plugin:
//
//   GARNER_PLUGIN(Deduplicator)
//
// It exports the descriptor that the loader finds and writes the build tag, an ELF note that the loader reads before it runs any of
// the library's code. The plugin's manifest and the descriptor of its options are notes too; garner_add_plugin() in CMake makes them.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "garner/build_tag.h"
#include "garner/stage.h"
#include "garner/v1/plugin.pb.h"

namespace garner {

// What a plugin exports under the name `garner_plugin`. Constant data; `make` may be called from any thread.
struct PluginDescriptor {
  v1::PluginManifest::Kind kind;
  // A new stage, owned by the caller.
  Stage* (*make)();
  // It is a DecidingStage.
  bool decides;
};

template <typename T>
constexpr v1::PluginManifest::Kind KindOf() {
  if constexpr (std::is_base_of_v<SourceStage, T>) return v1::PluginManifest::SOURCE;
  if constexpr (std::is_base_of_v<UnpackerStage, T>) return v1::PluginManifest::UNPACKER;
  if constexpr (std::is_base_of_v<DecoderStage, T>) return v1::PluginManifest::DECODER;
  if constexpr (std::is_base_of_v<TransformStage, T>) return v1::PluginManifest::TRANSFORM;
  if constexpr (std::is_base_of_v<SinkStage, T>) return v1::PluginManifest::SINK;
  return v1::PluginManifest::KIND_UNSPECIFIED;
}

// Whether a source has an Acknowledge of its own. One that cannot be looked at counts as its own.
template <typename T>
constexpr bool HasOwnAcknowledge() {
  if constexpr (requires { &T::Acknowledge; })
    return !std::is_same_v<decltype(&T::Acknowledge), void (SourceStage::*)(const v1::PayloadInfo&, const Outcome&)>;
  return true;
}

template <typename T>
Stage* MakeStage() {
  T* stage = new T;
  if constexpr (std::is_base_of_v<SourceStage, T>) stage->set_acknowledges(HasOwnAcknowledge<T>());
  return stage;
}

}  // namespace garner

#define GARNER_PLUGIN(StageClass)                                                                                     \
  GARNER_BUILD_TAG_NOTE()                                                                                             \
  extern "C" __attribute__((visibility("default"))) const ::garner::PluginDescriptor garner_plugin;                   \
  const ::garner::PluginDescriptor garner_plugin = {::garner::KindOf<StageClass>(), &::garner::MakeStage<StageClass>, \
                                                    std::is_base_of_v<::garner::DecidingStage, StageClass>};          \
  static_assert(::garner::KindOf<StageClass>() != ::garner::v1::PluginManifest::KIND_UNSPECIFIED,                     \
                #StageClass " derives from none of Source, Unpacker, Decoder, Transform, Sink");
