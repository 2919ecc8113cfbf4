# What `cmake --install` puts into a prefix: the command, the bundled plugins, and the SDK for plugins of others (docs/sdk.md). The
# prefix may be moved as a whole: libraries are found relative to each other.
include(CMakePackageConfigHelpers)

set(garner_cmake_folder lib/cmake/garner)
set(garner_minor_version ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
file(STRINGS ${CMAKE_SOURCE_DIR}/core/include/garner/build_tag.h sdk_version REGEX "define GARNER_SDK_VERSION")
if(NOT sdk_version MATCHES "\"${garner_minor_version}\"")
  message(FATAL_ERROR "build_tag.h says '${sdk_version}', the project's version is ${PROJECT_VERSION}: both are to have the same minor version")
endif()

# --- the command and the libraries
set_target_properties(garner_proto garner_sdk PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${garner_minor_version} INSTALL_RPATH "$ORIGIN")
set_target_properties(garner PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
set_target_properties(garner_proto PROPERTIES EXPORT_NAME proto)
set_target_properties(garner_sdk PROPERTIES EXPORT_NAME sdk)
set_target_properties(garner_testing PROPERTIES EXPORT_NAME testing)
set_target_properties(garner_case_proto PROPERTIES EXPORT_NAME case_proto)
install(TARGETS garner RUNTIME DESTINATION bin)
install(TARGETS garner_proto garner_sdk EXPORT garnerTargets LIBRARY DESTINATION lib)
install(TARGETS garner_case_proto garner_testing EXPORT garnerTestingTargets ARCHIVE DESTINATION lib)

# --- headers and messages
install(DIRECTORY ${CMAKE_SOURCE_DIR}/core/include/garner DESTINATION include FILES_MATCHING PATTERN "*.h")
set(generated ${CMAKE_BINARY_DIR}/proto/generated/garner)
foreach(message IN ITEMS document edits plugin report)
  install(FILES ${generated}/v1/${message}.pb.h DESTINATION include/garner/v1)
  install(FILES ${CMAKE_SOURCE_DIR}/proto/garner/v1/${message}.proto DESTINATION share/garner/proto/garner/v1)
endforeach()
install(FILES ${generated}/v1/fingerprint.h DESTINATION include/garner/v1)
install(FILES ${generated}/testing/case.pb.h DESTINATION include/garner/testing)
# For programs in other languages: what is said to a stage in a child process, and how cases look.
install(FILES ${CMAKE_SOURCE_DIR}/proto/garner/v1/worker.proto DESTINATION share/garner/proto/garner/v1)
install(FILES ${CMAKE_SOURCE_DIR}/proto/garner/testing/case.proto DESTINATION share/garner/proto/garner/testing)

# --- find_package(garner), pkg-config garner
install(EXPORT garnerTargets NAMESPACE garner:: DESTINATION ${garner_cmake_folder})
install(EXPORT garnerTestingTargets NAMESPACE garner:: DESTINATION ${garner_cmake_folder})
configure_package_config_file(${CMAKE_SOURCE_DIR}/tools/cmake/garnerConfig.cmake.in ${CMAKE_BINARY_DIR}/garnerConfig.cmake
  INSTALL_DESTINATION ${garner_cmake_folder} NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/garnerConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_BINARY_DIR}/garnerConfig.cmake
  ${CMAKE_BINARY_DIR}/garnerConfigVersion.cmake
  ${CMAKE_SOURCE_DIR}/tools/cmake/EncodeManifest.cmake
  ${CMAKE_SOURCE_DIR}/tools/cmake/GarnerPlugin.cmake
  ${CMAKE_SOURCE_DIR}/tools/cmake/plugin_notes.S.in
  DESTINATION ${garner_cmake_folder})
configure_file(${CMAKE_SOURCE_DIR}/tools/cmake/garner.pc.in ${CMAKE_BINARY_DIR}/garner.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/garner.pc DESTINATION lib/pkgconfig)

# --- to read: as in the repository, so that links between pages hold
set(garner_doc_folder share/doc/garner)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${garner_doc_folder})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs ${CMAKE_SOURCE_DIR}/samples DESTINATION ${garner_doc_folder})
