package dev.polycert.look;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Wires the looks without a container. */
final class LookFixture {
  static final Clock CLOCK = Clock.systemUTC();

  /** Settings for tests: no wait is longer than a second. */
  record Dns(Optional<List<String>> servers, Optional<List<String>> resolvers, int port)
      implements DnsConfig {

    static Dns servers(String... addresses) {
      return new Dns(Optional.of(List.of(addresses)), Optional.empty(), 53);
    }

    static Dns resolver(String address, int authorityPort) {
      return new Dns(Optional.empty(), Optional.of(List.of(address)), authorityPort);
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public int concurrency() {
      return 50;
    }
  }

  record Reach(boolean allowPrivateAddresses, int httpPort) implements ValidationConfig {}

  /** Settings of looks at what is served. */
  record ServedReach(boolean allowPrivateAddresses, Duration timeout) implements ServedLookConfig {

    @Override
    public int concurrency() {
      return 4;
    }
  }

  private LookFixture() {}

  static Instant soon() {
    return CLOCK.instant().plus(Duration.ofSeconds(20));
  }

  static DnsLook dnsLook(DnsConfig dns, ValidationConfig reach) {
    DnsQuestions questions = new DnsQuestions(dns, CLOCK);
    RecursiveResolver resolver = new RecursiveResolver(dns, questions);
    return new DnsLook(new ZoneFinder(dns, resolver, new PublicAddresses(reach)), questions);
  }

  static CaaLook caaLook(DnsConfig dns, ValidationConfig reach) {
    DnsQuestions questions = new DnsQuestions(dns, CLOCK);
    RecursiveResolver resolver = new RecursiveResolver(dns, questions);
    return new CaaLook(
        resolver, new ZoneFinder(dns, resolver, new PublicAddresses(reach)), questions, CLOCK);
  }

  static DnssecLook dnssecLook(DnsConfig dns, ValidationConfig reach, Clock clock) {
    DnsQuestions questions = new DnsQuestions(dns, CLOCK);
    RecursiveResolver resolver = new RecursiveResolver(dns, questions);
    return new DnssecLook(
        resolver, new ZoneFinder(dns, resolver, new PublicAddresses(reach)), questions, clock);
  }

  static FileLook fileLook(
      DnsConfig dns, ValidationConfig reach, PublicAddresses addresses, HttpFetch http) {
    RecursiveResolver resolver = new RecursiveResolver(dns, new DnsQuestions(dns, CLOCK));
    return new FileLook(new HttpTargets(reach, resolver, addresses), http, CLOCK);
  }

  static DefaultServedLook servedLook(DnsConfig dns, ServedLookConfig reach, Clock clock) {
    RecursiveResolver resolver = new RecursiveResolver(dns, new DnsQuestions(dns, clock));
    return new DefaultServedLook(reach, resolver, new TlsHandshake(clock), clock);
  }
}
