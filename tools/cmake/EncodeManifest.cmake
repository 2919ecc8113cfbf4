# Encodes a PluginManifest from its text form. cmake -DPROTOC= -DPROTO_DIR= -DINPUT= -DOUTPUT= -P EncodeManifest.cmake
execute_process(
  COMMAND ${PROTOC} -I ${PROTO_DIR} --encode=garner.v1.PluginManifest garner/v1/plugin.proto
  INPUT_FILE ${INPUT} OUTPUT_FILE ${OUTPUT} RESULT_VARIABLE result ERROR_VARIABLE error)
if(NOT result EQUAL 0)
  file(REMOVE ${OUTPUT})
  message(FATAL_ERROR "${INPUT}: not a garner.v1.PluginManifest in text form:\n${error}")
endif()
