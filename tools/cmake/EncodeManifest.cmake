# Encodes a PluginManifest from its text form, and says what is wrong with it where NAME, the plugin's name, is given.
# cmake -DPROTOC= -DPROTO_DIR= -DINPUT= -DOUTPUT= [-DNAME=] -P EncodeManifest.cmake
cmake_minimum_required(VERSION 3.25)

function(give_up words)
  file(REMOVE ${OUTPUT})
  message(FATAL_ERROR "${INPUT}: ${words}")
endfunction()

execute_process(
  COMMAND ${PROTOC} -I ${PROTO_DIR} --encode=garner.v1.PluginManifest garner/v1/plugin.proto
  INPUT_FILE ${INPUT} OUTPUT_FILE ${OUTPUT} RESULT_VARIABLE result ERROR_VARIABLE error)
if(NOT result EQUAL 0)
  give_up("not a garner.v1.PluginManifest in text form:\n${error}")
endif()
if(NOT DEFINED NAME)
  return()
endif()

# In text form again: one field a line, without comments.
execute_process(
  COMMAND ${PROTOC} -I ${PROTO_DIR} --decode=garner.v1.PluginManifest garner/v1/plugin.proto
  INPUT_FILE ${OUTPUT} OUTPUT_VARIABLE manifest COMMAND_ERROR_IS_FATAL ANY)
string(PREPEND manifest "\n")

if(NOT manifest MATCHES "\nname: \"${NAME}\"\n")
  give_up("'name' is not the plugin's; write name: \"${NAME}\"")
endif()
if(NOT manifest MATCHES "\nversion: \"[^\"]")
  give_up("'version' is missing; write version: \"0.1.0\", for instance")
endif()
if(NOT manifest MATCHES "\nkind: (SOURCE|UNPACKER|DECODER|TRANSFORM|SINK)\n")
  give_up("'kind' is missing; SOURCE, UNPACKER, DECODER, TRANSFORM and SINK are accepted")
endif()
set(kind ${CMAKE_MATCH_1})
if(NOT manifest MATCHES "\noptions_message: \"[^\"]")
  give_up("'options_message' is missing; name the message of options.proto with its package: \"${NAME}.Options\", for instance")
endif()
if(kind MATCHES "DECODER|UNPACKER" AND NOT manifest MATCHES "\nmedia_types: \"[^\"]")
  string(TOLOWER ${kind} word)
  give_up("'media_types' is missing: the host would never ask this ${word}; name what it takes: media_types: \"text/plain\", for instance")
endif()
