#include "core/job/clean_info.h"

#include <initializer_list>

#include "garner/utf8.h"

namespace garner {
namespace {

void Clean(std::string* text, size_t max_bytes) {
  if (text->size() > max_bytes || !IsValidUtf8(*text)) *text = SanitizeUtf8(*text, max_bytes);
}

void CleanFetch(v1::Fetch& fetch) {
  if (fetch.has_url()) Clean(fetch.mutable_url(), kMaxUrlBytes);
  if (fetch.has_time()) Clean(fetch.mutable_time(), kMaxFactBytes);
  if (fetch.has_content_language()) Clean(fetch.mutable_content_language(), kMaxFactBytes);
  if (fetch.has_last_modified()) Clean(fetch.mutable_last_modified(), kMaxFactBytes);
  if (fetch.has_record_id()) Clean(fetch.mutable_record_id(), kMaxFactBytes);
  if (fetch.has_truncated()) Clean(fetch.mutable_truncated(), kMaxFactBytes);
}

void CleanField(v1::RecordField& field) {
  Clean(field.mutable_key(), kMaxFactBytes);
  Clean(field.mutable_value(), kMaxFieldBytes);
  Clean(field.mutable_origin(), kMaxFactBytes);
}

}  // namespace

void CleanInfo(v1::PayloadInfo& info) {
  if (info.has_container_path()) Clean(info.mutable_container_path(), kMaxNameBytes);
  if (info.has_record_key()) Clean(info.mutable_record_key(), kMaxNameBytes);
  if (info.has_declared_media_type()) Clean(info.mutable_declared_media_type(), kMaxFactBytes);
  if (info.has_declared_charset()) Clean(info.mutable_declared_charset(), kMaxFactBytes);
  if (info.has_fetch()) CleanFetch(*info.mutable_fetch());
  const int extra = info.record_fields_size() - kMaxFields;
  if (extra > 0) info.mutable_record_fields()->DeleteSubrange(kMaxFields, extra);
  for (v1::RecordField& field : *info.mutable_record_fields()) CleanField(field);
}

}  // namespace garner
