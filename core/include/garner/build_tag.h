// The build tag: what a plugin and its host must have in common for generated message code and C++ objects to be shared. Written
// into each plugin as an ELF note by GARNER_PLUGIN and compared by the loader before any code of the plugin runs.
//
// "sdk=0.1;protobuf=3021012;messages=<16 hex digits>;cxx11_abi=1;debug=0;sanitize=none;arch=x86_64"
//
// __GXX_ABI_VERSION is left out on purpose: g++ and clang differ there and mix well.
#pragma once

#include <google/protobuf/stubs/common.h>

#include <string>  // defines _GLIBCXX_USE_CXX11_ABI

#include "garner/v1/fingerprint.h"  // GARNER_MESSAGES_FINGERPRINT: over the messages' descriptors, comments left out

#define GARNER_SDK_VERSION "0.1"

#define GARNER_TAG_STRING_(x) #x
#define GARNER_TAG_STRING(x) GARNER_TAG_STRING_(x)

#if defined(__has_feature)
#define GARNER_HAS_FEATURE(x) __has_feature(x)
#else
#define GARNER_HAS_FEATURE(x) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || GARNER_HAS_FEATURE(address_sanitizer)
#define GARNER_TAG_SANITIZE "address"
#elif defined(__SANITIZE_THREAD__) || GARNER_HAS_FEATURE(thread_sanitizer)
#define GARNER_TAG_SANITIZE "thread"
#else
#define GARNER_TAG_SANITIZE "none"
#endif

#ifdef _GLIBCXX_DEBUG
#define GARNER_TAG_DEBUG "1"
#else
#define GARNER_TAG_DEBUG "0"
#endif

#if defined(__x86_64__)
#define GARNER_TAG_ARCH "x86_64"
#elif defined(__aarch64__)
#define GARNER_TAG_ARCH "aarch64"
#else
#define GARNER_TAG_ARCH "other"
#endif

#define GARNER_BUILD_TAG                                                                                              \
  "sdk=" GARNER_SDK_VERSION ";protobuf=" GARNER_TAG_STRING(GOOGLE_PROTOBUF_VERSION) ";messages="                      \
  GARNER_MESSAGES_FINGERPRINT ";cxx11_abi=" GARNER_TAG_STRING(_GLIBCXX_USE_CXX11_ABI) ";debug=" GARNER_TAG_DEBUG      \
  ";sanitize=" GARNER_TAG_SANITIZE ";arch=" GARNER_TAG_ARCH

// Note types under the owner name "garner". A plugin has one of each.
#define GARNER_NOTE_BUILD_TAG 1        // the string above
#define GARNER_NOTE_MANIFEST 2         // a serialised garner.v1.PluginManifest
#define GARNER_NOTE_OPTIONS 3          // a serialised FileDescriptorSet with the file that declares the options, comments included

// An asm section: a section attribute on a variable gives a writable note.
#define GARNER_BUILD_TAG_NOTE()                                                                                       \
  __asm__(                                                                                                            \
      ".pushsection .note.garner.tag,\"a\",@note\n"                                                                   \
      ".balign 4\n"                                                                                                   \
      ".long 2f - 1f\n"                                                                                               \
      ".long 4f - 3f\n"                                                                                               \
      ".long " GARNER_TAG_STRING(GARNER_NOTE_BUILD_TAG) "\n"                                                          \
      "1: .asciz \"garner\"\n"                                                                                        \
      "2: .balign 4\n"                                                                                                \
      "3: .ascii \"" GARNER_BUILD_TAG "\"\n"                                                                          \
      "4: .balign 4\n"                                                                                                \
      ".popsection\n");
