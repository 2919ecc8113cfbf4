# garner_flags: the compiler settings of everything in this repository, as an interface target. Private to the build: an
# installed SDK imposes none of it.
add_library(garner_flags INTERFACE)
target_compile_options(garner_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 with -O3 sees overlapping copies in std::string where there are none (GCC bug 105651).
  target_compile_options(garner_flags INTERFACE -Wno-restrict)
endif()
if(GARNER_WARNINGS_AS_ERRORS)
  target_compile_options(garner_flags INTERFACE -Werror)
endif()
if(GARNER_SANITIZE)
  target_compile_options(garner_flags INTERFACE -fsanitize=${GARNER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(garner_flags INTERFACE -fsanitize=${GARNER_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Types cross library boundaries with hidden visibility; the vptr check compares type infos by address there.
    target_compile_options(garner_flags INTERFACE -fno-sanitize=vptr)
    target_link_options(garner_flags INTERFACE -shared-libasan)
    # clang keeps its shared runtime where the loader does not look.
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-runtime-dir OUTPUT_VARIABLE clang_runtime OUTPUT_STRIP_TRAILING_WHITESPACE)
    target_link_options(garner_flags INTERFACE -Wl,-rpath,${clang_runtime})
  endif()
endif()
if(GARNER_FUZZERS)
  target_compile_options(garner_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# garner_fuzzer: what a fuzz target links. libFuzzer would put libstdc++ before the shared ASan runtime, which then refuses to start.
add_library(garner_fuzzer INTERFACE)
target_link_options(garner_fuzzer INTERFACE -fsanitize=fuzzer -nostdlib++)
target_link_libraries(garner_fuzzer INTERFACE stdc++)

# garner_add_fuzzer(NAME SOURCES file.cc ... LIBRARIES target ... SEEDS folder ... RUNS n [PLUGIN name]): a libFuzzer target, and a short
# run of it over its seeds as a test, which takes the same inputs every time: a commit passes or fails, whoever asks. tools/soak looks
# further. Nothing unless GARNER_FUZZERS. New inputs go to NAME_corpus in the build folder. PLUGIN: a plugin of
# this build that the target runs as a stage (tests/support/fuzz_transform.h); its data folder is GARNER_PLUGIN_DATA_DIR.
function(garner_add_fuzzer name)
  if(NOT GARNER_FUZZERS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "RUNS;PLUGIN" "SOURCES;LIBRARIES;SEEDS")
  set(corpus ${CMAKE_CURRENT_BINARY_DIR}/${name}_corpus)
  file(MAKE_DIRECTORY ${corpus})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} garner_flags garner_fuzzer)
  if(arg_PLUGIN)
    target_link_libraries(${name} PRIVATE ${arg_PLUGIN}_objects garner_test_support)
    target_compile_definitions(${name} PRIVATE GARNER_PLUGIN_DATA_DIR="${GARNER_PLUGIN_OUTPUT_DIRECTORY}/${arg_PLUGIN}.data")
    add_dependencies(${name} ${arg_PLUGIN})
  endif()
  add_test(NAME fuzz.${name} COMMAND ${name} -seed=1 -runs=${arg_RUNS} -max_total_time=60 -timeout=20 -rss_limit_mb=4096 ${corpus} ${arg_SEEDS})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 600)
endfunction()
