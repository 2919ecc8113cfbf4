#include "class_groups.h"

#include <tsl/robin_map.h>

#include <algorithm>

#include "garner/hash.h"

namespace garner::boilerplate_stripper {
namespace {

struct GroupWords {
  Group group;
  std::string_view words;
};

// General conventions of the web: elements of frameworks, content management systems, forum and shop software.
constexpr GroupWords kWords[] = {
    {Group::kContent, "content contents article articles articlebody post posts postbody entry entries story body text main prose copy markdown richtext rte wysiwyg paragraph blog "
                      "bodytext maincontent pagecontent single node page mw"},
    {Group::kTitle, "title titles headline headlines heading subtitle subheading subhead subheadline kicker pagetitle h1"},
    {Group::kByline, "byline author authors date time timestamp published meta postmeta dateline datetime updated datepublished datemodified credit credits writer info posted"},
    {Group::kComment, "comment comments commentlist commenter commentbody reply replies respond disqus discussion livefyre commentcontent answer answers"},
    {Group::kThread, "thread threads topic topics message messages messagebody messagecontent forum forums postcontent postbody bbwrapper bbcode posttext question cooked postlist postarea"},
    {Group::kShare, "share shares sharing social facebook twitter pinterest linkedin whatsapp telegram reddit tumblr addthis sharethis sharedaddy follow sns socials instagram youtube vk"},
    {Group::kNavigation, "nav navbar navigation menu menus submenu menuitem dropdown tabs tab tablist breadcrumb breadcrumbs crumb crumbs toc sitemap megamenu mainmenu topnav navi "
                         "hamburger offcanvas drawer subnav"},
    {Group::kFooter, "footer foot bottom copyright legal colophon contentinfo siteinfo imprint footnav subfooter"},
    {Group::kHeader, "header top topbar masthead hero branding logo banner head toolbar utility"},
    {Group::kSide, "sidebar aside side widget widgets widgetarea rail secondary complementary infobox box portlet panel module sidebox"},
    {Group::kRelated, "related recommend recommended recommendations recommendation similar more also trending popular latest next previous prev upsell upsells crosssell cross outbrain "
                      "taboola readmore relatedposts recent mostread featured suggested suggestions read further interested discover explore recirc recirculation archive"},
    {Group::kPromotion, "ad ads advert adverts advertisement advertising adsense promo promos promotion promotional sponsor sponsored sponsors banner banners partner partners affiliate "
                        "affiliates offer offers campaign dfp gpt donate donation"},
    {Group::kForm, "form forms search login signin register input field fields select checkbox radio textarea label filter filters sort sorting facet facets contact submit password captcha "
                   "searchbox option options"},
    {Group::kSubscribe, "newsletter subscribe subscription subscriber signup optin mailchimp email paywall membership hubspot"},
    {Group::kNotice, "cookie cookies consent gdpr modal popup overlay alert notice toast notification notifications dialog lightbox onetrust privacy disclaimer warning message flash"},
    {Group::kList, "list lists item items card cards grid tile tiles teaser teasers row feed results result listing listings products collection collections loop archive col column columns "
                   "excerpt li listitem itemlistelement"},
    {Group::kProduct, "product products price prices pricing cart basket sku stock buy shop variant variants quantity qty addtocart checkout wishlist offer currency shipping delivery "
                      "merchant item"},
    {Group::kReview, "review reviews rating ratings star stars score feedback testimonial testimonials reviewbody vote votes likes like"},
    {Group::kMedia, "image images img photo photos gallery caption captions figure figcaption video videos media slider slide slides carousel swiper slick thumbnail thumb picture player "
                    "audio podcast embed iframe icon icons"},
    {Group::kTag, "tag tags category categories label labels badge badges keyword keywords chip topics hashtag taxonomy cat"},
    {Group::kDescription, "description desc summary excerpt intro lead lede abstract overview spec specs specification specifications feature features detail details faq accordion standfirst "
                          "dek about synopsis bio biography instructions ingredients recipe"},
    {Group::kManual, "docs doc documentation highlight code codeblock example examples api method methods param params reference guide tutorial section document docstring sphinx rst "
                     "codehilite theorem help lesson chapter"},
    {Group::kHidden, "hidden hide sr visually screen reader skip noprint print invisible offscreen collapsed collapse none mobile desktop only"},
    {Group::kUser, "user users username avatar profile member members signature poster usercard userinfo postprofile rank joined commentauthor account nickname"},
    {Group::kPager, "pagination pager paging pages pagelinks pagenav pagenation paginate page numbers loadmore"},
    {Group::kButton, "btn btns button buttons cta link links action actions click toggle toggler icon close controls control trigger tool tools"},
};

using Table = tsl::robin_map<uint64_t, GroupMask>;

Table MakeTable() {
  Table table;
  for (const GroupWords& group : kWords)
    for (size_t at = 0; at < group.words.size();) {
      const size_t end = std::min(group.words.find(' ', at), group.words.size());
      table[Hash64(group.words.substr(at, end - at))] |= Bit(group.group);
      at = end + 1;
    }
  return table;
}

}  // namespace

GroupMask GroupsOf(uint64_t word) {
  static const Table table = MakeTable();
  const auto found = table.find(word);
  return found == table.end() ? 0 : found->second;
}

}  // namespace garner::boilerplate_stripper
