#include "core/isolation/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>

namespace garner {
namespace {

constexpr int kForEver = -1;

int MillisecondsTo(const Deadline& deadline) {
  if (!deadline) return kForEver;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000'000));
}

// Leaves out the first `bytes` of what is to be sent.
void Skip(size_t bytes, msghdr& message) {
  while (bytes > 0 && message.msg_iovlen > 0) {
    iovec& first = *message.msg_iov;
    const size_t part = std::min(bytes, first.iov_len);
    first.iov_base = static_cast<char*>(first.iov_base) + part;
    first.iov_len -= part;
    bytes -= part;
    if (first.iov_len > 0) return;
    ++message.msg_iov;
    --message.msg_iovlen;
  }
}

}  // namespace

Channel::Event Channel::WaitFor(short events, const Deadline& deadline) const {
  while (true) {
    pollfd wanted[2] = {{socket_, events, 0}, {process_, POLLIN, 0}};  // one of -1 is passed over
    const int ready = poll(wanted, 2, MillisecondsTo(deadline));
    if (ready > 0) return wanted[0].revents != 0 ? Event::kOk : Event::kClosed;  // an error or the end of the stream shows in the call that follows
    if (ready == 0) return Event::kTooLate;
    if (errno != EINTR) return Event::kClosed;
  }
}

Channel::Event Channel::Send(std::string_view head, std::string_view body, const Deadline& deadline) {
  auto header = FrameHeader(head.size(), body.size());
  iovec parts[3] = {{header.data(), header.size()}, {const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = 3;
  size_t left = header.size() + head.size() + body.size();
  while (left > 0) {
    const ssize_t sent = sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      left -= static_cast<size_t>(sent);
      Skip(static_cast<size_t>(sent), message);
    } else if (errno == EAGAIN) {
      if (const Event event = WaitFor(POLLOUT, deadline); event != Event::kOk) return event;
    } else if (errno != EINTR) {
      return Event::kClosed;
    }
  }
  return Event::kOk;
}

Channel::Event Channel::Receive(const Deadline& deadline) {
  if (taken_) reader_.Next();
  taken_ = false;
  while (reader_.state() == FrameReader::State::kPartial) {
    if (const Event event = WaitFor(POLLIN, deadline); event != Event::kOk) return event;
    const std::span<char> room = reader_.Room();
    const ssize_t got = recv(socket_, room.data(), room.size(), MSG_DONTWAIT);
    if (got > 0) {
      reader_.Advance(static_cast<size_t>(got));
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
      return Event::kClosed;
    }
  }
  if (reader_.state() == FrameReader::State::kMalformed) return Event::kMalformed;
  taken_ = true;
  return Event::kOk;
}

bool Channel::Quiet() const {
  const size_t current = taken_ ? kFrameHeaderBytes + reader_.head().size() + reader_.body().size() : 0;
  if (reader_.unread() > current) return false;
  pollfd wanted{socket_, POLLIN, 0};
  return poll(&wanted, 1, 0) == 0;
}

}  // namespace garner
