# garner_add_plugin(NAME
#                   SOURCES file.cc ...      sources besides NAME.cc
#                   LIBRARIES target ...     what the plugin links besides the SDK
#                   DATA file ...            copied to NAME.data beside the library; StageContext::data_dir() names the folder. One that
#                                            the build makes (add_custom_command of the same folder) is given with its full path
#                   TESTS file.cc ...)       GoogleTest sources, linked with the plugin's objects into NAME_test
#
# A plugin is a folder with NAME.cc, plugin.textproto (a garner.v1.PluginManifest) and options.proto. Makes NAME.so with three ELF
# notes: the build tag (from GARNER_PLUGIN in the code), the manifest, and the descriptor of the options with its comments.
# The generated options header is "garner_plugins/NAME/options.pb.h".
#
# The same call in garner's repository and after find_package(garner). Outside, NAME.so stands in plugins/ of the build folder, and
# `cmake --install` puts it with its data into lib/garner/plugins of the prefix. Tests are built unless BUILD_TESTING is off. No
# compiler settings are imposed.

set(GARNER_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})
set(GARNER_PLUGIN_INSTALL_DIRECTORY lib/garner/plugins)

function(garner_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;DATA;TESTS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "garner_add_plugin(${name}): unknown arguments '${arg_UNPARSED_ARGUMENTS}'; SOURCES, LIBRARIES, DATA and TESTS are accepted")
  endif()
  garner_check_plugin_folder(${name})
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set(options_dir ${generated}/garner_plugins/${name})
  garner_generate_notes(${name} ${generated})

  # The objects once, for the library and for its tests.
  add_library(${name}_objects OBJECT ${name}.cc ${arg_SOURCES} ${options_dir}/options.pb.cc ${options_dir}/options.pb.h)
  set_target_properties(${name}_objects PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)
  target_include_directories(${name}_objects PUBLIC ${generated} ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name}_objects PUBLIC garner::sdk ${arg_LIBRARIES})
  set_source_files_properties(${options_dir}/options.pb.cc PROPERTIES COMPILE_OPTIONS "-w")

  add_library(${name} MODULE ${generated}/notes.S)
  target_link_libraries(${name} PRIVATE ${name}_objects)
  # An installed plugin finds the SDK's libraries two folders up; in another prefix the host has loaded them before.
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so" LIBRARY_OUTPUT_DIRECTORY "${GARNER_PLUGIN_OUTPUT_DIRECTORY}" INSTALL_RPATH "$ORIGIN/../..")
  target_link_options(${name} PRIVATE -Wl,-z,nodelete)
  if(NOT GARNER_SANITIZE AND NOT "${CMAKE_CXX_FLAGS} ${CMAKE_MODULE_LINKER_FLAGS}" MATCHES "-fsanitize")
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  if(TARGET garner_flags)
    target_link_libraries(${name}_objects PRIVATE garner_flags)
    target_link_libraries(${name} PRIVATE garner_flags)
  endif()
  garner_copy_plugin_data(${name} ${arg_DATA})
  garner_install_plugin(${name} ${arg_DATA})
  garner_tests_wanted(tests)
  if(arg_TESTS AND tests)
    garner_add_plugin_tests(${name} ${generated} ${arg_TESTS})
  endif()
endfunction()

# A beginner's mistakes, told before anything is built.
function(garner_check_plugin_folder name)
  set(place "garner_add_plugin(${name})")
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "${place}: '${name}' is no name of a plugin; lower-case letters, digits and underscores, a letter first, are accepted")
  endif()
  if(NOT CMAKE_ASM_COMPILER)
    message(FATAL_ERROR "${place}: the language ASM is not enabled, which the plugin's notes are written in; write project(${name} LANGUAGES CXX ASM)")
  endif()
  set(folder ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT EXISTS ${folder}/${name}.cc)
    message(FATAL_ERROR "${place}: there is no ${folder}/${name}.cc; the stage stands there, with the line GARNER_PLUGIN(ItsClass)")
  endif()
  if(NOT EXISTS ${folder}/plugin.textproto)
    message(FATAL_ERROR "${place}: there is no ${folder}/plugin.textproto, which says who the plugin is. Write:
    name: \"${name}\"
    version: \"0.1.0\"
    kind: TRANSFORM   # or SOURCE, UNPACKER, DECODER, SINK
    summary: \"One sentence: what it does.\"
    licence: \"Apache-2.0\"
    options_message: \"${name}.Options\"   # a decoder or unpacker names its media_types, too")
  endif()
  if(NOT EXISTS ${folder}/options.proto)
    message(FATAL_ERROR "${place}: there is no ${folder}/options.proto, which declares what can be set; a plugin without options has one, too. Write:
    syntax = \"proto2\";
    package ${name};
    option optimize_for = LITE_RUNTIME;
    message Options {}")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/options.proto)
  file(READ ${folder}/options.proto options)
  if(NOT options MATCHES "optimize_for[ \t]*=[ \t]*LITE_RUNTIME")
    message(FATAL_ERROR "${place}: ${folder}/options.proto lacks the line 'option optimize_for = LITE_RUNTIME;', without which two plugins' messages may clash in one process")
  endif()
endfunction()

# The options' code and descriptor, the encoded manifest, and notes.S, which holds both, in the folder `generated`.
function(garner_generate_notes name generated)
  set(options_dir ${generated}/garner_plugins/${name})
  file(MAKE_DIRECTORY ${options_dir})
  add_custom_command(
    OUTPUT ${options_dir}/options.pb.cc ${options_dir}/options.pb.h ${generated}/options.desc
    COMMAND protobuf::protoc -I ${GARNER_PROTO_DIR} -I garner_plugins/${name}=${CMAKE_CURRENT_SOURCE_DIR}
            --cpp_out=${generated} --include_source_info --descriptor_set_out=${generated}/options.desc
            garner_plugins/${name}/options.proto
    DEPENDS options.proto ${GARNER_PROTO_DIR}/garner/v1/plugin.proto
    VERBATIM)
  add_custom_command(
    OUTPUT ${generated}/manifest.bin
    COMMAND ${CMAKE_COMMAND} -DPROTOC=$<TARGET_FILE:protobuf::protoc> -DPROTO_DIR=${GARNER_PROTO_DIR} -DNAME=${name}
            -DINPUT=${CMAKE_CURRENT_SOURCE_DIR}/plugin.textproto -DOUTPUT=${generated}/manifest.bin
            -P ${GARNER_CMAKE_DIR}/EncodeManifest.cmake
    DEPENDS plugin.textproto ${GARNER_PROTO_DIR}/garner/v1/plugin.proto ${GARNER_CMAKE_DIR}/EncodeManifest.cmake
    VERBATIM)
  set(GARNER_NOTE_MANIFEST_FILE ${generated}/manifest.bin)
  set(GARNER_NOTE_OPTIONS_FILE ${generated}/options.desc)
  configure_file(${GARNER_CMAKE_DIR}/plugin_notes.S.in ${generated}/notes.S @ONLY)
  set_source_files_properties(${generated}/notes.S PROPERTIES OBJECT_DEPENDS "${generated}/manifest.bin;${generated}/options.desc")
endfunction()

# garner_copy_plugin_data(NAME file ...)
function(garner_copy_plugin_data name)
  if(NOT ARGN)
    return()
  endif()
  set(data_dir "${GARNER_PLUGIN_OUTPUT_DIRECTORY}/${name}.data")
  set(copies "")
  foreach(file IN LISTS ARGN)
    get_filename_component(base ${file} NAME)
    get_filename_component(path ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    add_custom_command(OUTPUT ${data_dir}/${base}
                       COMMAND ${CMAKE_COMMAND} -E copy_if_different ${path} ${data_dir}/${base}
                       DEPENDS ${path} VERBATIM)
    list(APPEND copies ${data_dir}/${base})
  endforeach()
  add_custom_target(${name}_data DEPENDS ${copies})
  add_dependencies(${name} ${name}_data)
endfunction()

# garner_install_plugin(NAME file ...): not for plugins of garner's own tests, which have folders of their own.
function(garner_install_plugin name)
  if(DEFINED GARNER_BUNDLED_PLUGIN_DIRECTORY AND NOT GARNER_PLUGIN_OUTPUT_DIRECTORY STREQUAL GARNER_BUNDLED_PLUGIN_DIRECTORY)
    return()
  endif()
  install(TARGETS ${name} LIBRARY DESTINATION ${GARNER_PLUGIN_INSTALL_DIRECTORY})
  if(ARGN)
    install(FILES ${ARGN} DESTINATION ${GARNER_PLUGIN_INSTALL_DIRECTORY}/${name}.data)
  endif()
endfunction()

# Inside the repository its own options decide, outside BUILD_TESTING, as include(CTest) has it.
function(garner_tests_wanted result)
  set(wanted ON)
  if(DEFINED GARNER_TESTS)
    if(NOT GARNER_TESTS OR GARNER_JOB_TESTS_ONLY)
      set(wanted OFF)
    endif()
  elseif(DEFINED BUILD_TESTING)
    set(wanted ${BUILD_TESTING})
  endif()
  set(${result} ${wanted} PARENT_SCOPE)
endfunction()

# garner_add_plugin_tests(NAME GENERATED_FOLDER file.cc ...)
function(garner_add_plugin_tests name generated)
  if(NOT TARGET garner::testing)
    message(FATAL_ERROR "garner_add_plugin(${name}): its tests need GoogleTest and ICU, which were not found; on Debian: apt install libgtest-dev libicu-dev. -DBUILD_TESTING=OFF builds without tests")
  endif()
  add_executable(${name}_test ${ARGN})
  target_link_libraries(${name}_test PRIVATE ${name}_objects garner::testing)
  if(TARGET garner_test_support)
    target_link_libraries(${name}_test PRIVATE garner_test_support)
  endif()
  target_compile_definitions(${name}_test PRIVATE
    GARNER_PLUGIN_SOURCE_DIR="${CMAKE_CURRENT_SOURCE_DIR}" GARNER_PLUGIN_DATA_DIR="${GARNER_PLUGIN_OUTPUT_DIRECTORY}/${name}.data"
    GARNER_PLUGIN_OPTIONS_DESCRIPTOR="${generated}/options.desc" GARNER_PLUGIN_MANIFEST="${generated}/manifest.bin")
  add_dependencies(${name}_test ${name})  # for the notes' files and the data
  if(TARGET garner_flags)
    target_link_libraries(${name}_test PRIVATE garner_flags)
  endif()
  include(GoogleTest)
  gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()
