// What the words of class, id, role and itemprop attributes say about an element: each known word belongs to a group or two.
//
//   GroupMask groups = GroupsOf(Hash64("related"));        // Group::kContent, kRelated
//
// Authors of pages write these words in English nearly everywhere. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace garner::boilerplate_stripper {

enum class Group : uint8_t {
  kContent,      // content, article, post, entry, body
  kTitle,        // title, headline, heading
  kByline,       // author, date, meta
  kComment,      // comment, reply, discussion
  kThread,       // thread, topic, message, forum
  kShare,        // share, social, the names of networks
  kNavigation,   // nav, menu, breadcrumb, tabs
  kFooter,
  kHeader,       // header, top, banner
  kSide,         // sidebar, widget, aside
  kRelated,      // related, recommended, popular, more
  kPromotion,    // ad, promo, sponsored
  kForm,         // form, search, login, input
  kSubscribe,    // newsletter, subscribe, signup
  kNotice,       // cookie, consent, modal, alert
  kList,         // list, item, card, grid
  kProduct,      // product, price, cart
  kReview,       // review, rating, stars
  kMedia,        // image, gallery, video
  kTag,          // tag, category, label
  kDescription,  // description, summary, details
  kManual,       // docs, code, api, example
  kHidden,       // hidden, screen reader, print
  kUser,         // user, avatar, profile
  kPager,
  kButton,       // btn, button, cta, link
  kCount,
};
inline constexpr size_t kGroups = static_cast<size_t>(Group::kCount);

inline constexpr std::array<std::string_view, kGroups> kGroupNames = {
    "class_content", "class_title", "class_byline", "class_comment", "class_thread", "class_share", "class_nav", "class_footer",
    "class_header", "class_side", "class_related", "class_promotion", "class_form", "class_subscribe", "class_notice", "class_list",
    "class_product", "class_review", "class_media", "class_tag", "class_description", "class_manual", "class_hidden", "class_user",
    "class_pager", "class_button",
};

// Bit n: Group n.
using GroupMask = uint32_t;
constexpr GroupMask Bit(Group group) { return GroupMask{1} << static_cast<unsigned>(group); }

// Of a word in lower case, by its Hash64.
GroupMask GroupsOf(uint64_t word);

}  // namespace garner::boilerplate_stripper
