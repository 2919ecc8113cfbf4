# garner_add_plugin(NAME
#                   SOURCES file.cc ...      sources besides NAME.cc
#                   LIBRARIES target ...     what the plugin links besides the SDK
#                   DATA file ...            copied to NAME.data beside the library; StageContext::data_dir() names the folder
#                   TESTS file.cc ...)       GoogleTest sources, linked with the plugin's objects into NAME_test
#
# A plugin is a folder with NAME.cc, plugin.textproto (a garner.v1.PluginManifest) and options.proto. Makes NAME.so with three ELF
# notes: the build tag (from GARNER_PLUGIN in the code), the manifest, and the descriptor of the options with its comments.
# The generated options header is "garner_plugins/NAME/options.pb.h".

set(GARNER_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})

function(garner_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;DATA;TESTS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "garner_add_plugin(${name}): unknown arguments '${arg_UNPARSED_ARGUMENTS}'; SOURCES, LIBRARIES, DATA and TESTS are accepted")
  endif()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
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
    COMMAND ${CMAKE_COMMAND} -DPROTOC=$<TARGET_FILE:protobuf::protoc> -DPROTO_DIR=${GARNER_PROTO_DIR}
            -DINPUT=${CMAKE_CURRENT_SOURCE_DIR}/plugin.textproto -DOUTPUT=${generated}/manifest.bin
            -P ${GARNER_CMAKE_DIR}/EncodeManifest.cmake
    DEPENDS plugin.textproto ${GARNER_PROTO_DIR}/garner/v1/plugin.proto ${GARNER_CMAKE_DIR}/EncodeManifest.cmake
    VERBATIM)
  set(GARNER_NOTE_MANIFEST_FILE ${generated}/manifest.bin)
  set(GARNER_NOTE_OPTIONS_FILE ${generated}/options.desc)
  configure_file(${GARNER_CMAKE_DIR}/plugin_notes.S.in ${generated}/notes.S @ONLY)
  set_source_files_properties(${generated}/notes.S PROPERTIES OBJECT_DEPENDS "${generated}/manifest.bin;${generated}/options.desc")

  # The objects once, for the library and for its tests.
  add_library(${name}_objects OBJECT ${name}.cc ${arg_SOURCES} ${options_dir}/options.pb.cc ${options_dir}/options.pb.h)
  set_target_properties(${name}_objects PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_include_directories(${name}_objects PUBLIC ${generated} ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name}_objects PUBLIC garner::sdk ${arg_LIBRARIES})
  set_source_files_properties(${options_dir}/options.pb.cc PROPERTIES COMPILE_OPTIONS "-w")

  add_library(${name} MODULE ${generated}/notes.S)
  target_link_libraries(${name} PRIVATE ${name}_objects)
  set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY "${GARNER_PLUGIN_OUTPUT_DIRECTORY}")
  target_link_options(${name} PRIVATE -Wl,-z,nodelete)
  if(NOT GARNER_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()

  if(TARGET garner_flags)
    target_link_libraries(${name}_objects PRIVATE garner_flags)
    target_link_libraries(${name} PRIVATE garner_flags)
  endif()

  set(data_dir "${GARNER_PLUGIN_OUTPUT_DIRECTORY}/${name}.data")
  set(copies "")
  foreach(file IN LISTS arg_DATA)
    get_filename_component(base ${file} NAME)
    add_custom_command(OUTPUT ${data_dir}/${base}
                       COMMAND ${CMAKE_COMMAND} -E copy_if_different ${CMAKE_CURRENT_SOURCE_DIR}/${file} ${data_dir}/${base}
                       DEPENDS ${file} VERBATIM)
    list(APPEND copies ${data_dir}/${base})
  endforeach()
  if(copies)
    add_custom_target(${name}_data DEPENDS ${copies})
    add_dependencies(${name} ${name}_data)
  endif()

  if(arg_TESTS AND GARNER_TESTS AND NOT GARNER_JOB_TESTS_ONLY)
    add_executable(${name}_test ${arg_TESTS})
    target_link_libraries(${name}_test PRIVATE ${name}_objects garner_test_support)
    target_compile_definitions(${name}_test PRIVATE
      GARNER_PLUGIN_SOURCE_DIR="${CMAKE_CURRENT_SOURCE_DIR}" GARNER_PLUGIN_DATA_DIR="${data_dir}"
      GARNER_PLUGIN_OPTIONS_DESCRIPTOR="${generated}/options.desc" GARNER_PLUGIN_MANIFEST="${generated}/manifest.bin")
    add_dependencies(${name}_test ${name})  # for the notes' files and the data
    if(TARGET garner_flags)
      target_link_libraries(${name}_test PRIVATE garner_flags)
    endif()
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
  endif()
endfunction()
