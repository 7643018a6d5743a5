package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.NameServers;
import dev.polycert.domain.Printable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the zones of one name that a service has: the one that is configured, the only one,
 * or the one that the DNS delegates to. No CA would see a record in another one.
 */
@ApplicationScoped
public class HostedZones {
  private static final Pattern ENTRY = Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*(\\S+)\\s*");

  private final WriterConfig config;
  private final NameServers nameServers;

  public HostedZones(WriterConfig config, NameServers nameServers) {
    this.config = config;
    this.nameServers = nameServers;
  }

  /**
   * A zone at a service.
   *
   * @param servers the names of its name servers; none where the service does not say
   */
  public record Hosted(String id, List<String> servers) {

    public Hosted {
      servers = List.copyOf(servers);
    }

    private boolean isServedBy(List<String> delegated) {
      return servers.stream()
          .anyMatch(own -> delegated.stream().anyMatch(other -> DnsNames.same(own, other)));
    }

    @Override
    public String toString() {
      return servers.isEmpty() ? id : id + " (" + String.join(", ", servers) + ")";
    }
  }

  /**
   * Remembers the ids of a writer's zones.
   *
   * @param look asks the service for its zones of a name
   */
  public ZoneIds of(
      String writer, BiFunction<String, CallContext, Uni<Answer<List<Hosted>>>> look) {
    Optional<NamedAccount> account = NamedAccount.current();
    List<String> configured =
        account
            .map(NamedAccount::zoneIds)
            .orElseGet(() -> config.of(writer).zoneIds().orElse(List.of()));
    String setting =
        account
            .map(named -> named.setting("zone-ids"))
            .orElse("polycert.dns-writer.\"" + writer + "\".zone-ids");
    return new ZoneIds(
        (zone, context) -> {
          for (String entry : configured) {
            Matcher zoneAndId = ENTRY.matcher(entry);
            if (!zoneAndId.matches()) {
              return malformed(setting, entry);
            }
            if (DnsNames.same(zoneAndId.group(1), zone)) {
              return Answer.of(Optional.of(zoneAndId.group(2))).now();
            }
          }
          return Answer.then(
              look.apply(zone, context), found -> choose(setting, zone, found, context));
        });
  }

  private static Uni<Answer<Optional<String>>> malformed(String setting, String entry) {
    return Answer.<Optional<String>>refused(
            new VendorError(
                ErrorClass.CREDENTIALS,
                "Setting.Invalid",
                "%s: '%s' is no zone and id: write example.com=<id>"
                    .formatted(setting, Printable.of(entry, 100))))
        .now();
  }

  private Uni<Answer<Optional<String>>> choose(
      String setting, String zone, Answer.Success<List<Hosted>> found, CallContext context) {
    List<Hosted> hosted = found.value();
    if (hosted.size() < 2) {
      return found.map(all -> all.stream().map(Hosted::id).findFirst()).now();
    }
    return nameServers
        .of(zone, context.deadline())
        .map(
            delegated -> {
              List<Hosted> served =
                  delegated.stream()
                      .flatMap(servers -> hosted.stream().filter(one -> one.isServedBy(servers)))
                      .toList();
              return served.size() == 1
                  ? found.map(all -> Optional.of(served.getFirst().id()))
                  : ambiguous(setting, zone, hosted, delegated, found.requestId());
            });
  }

  private static Answer<Optional<String>> ambiguous(
      String setting,
      String zone,
      List<Hosted> hosted,
      Optional<List<String>> delegated,
      @Nullable String requestId) {
    String zones = hosted.stream().map(Hosted::toString).collect(Collectors.joining(", "));
    return Answer.refused(
        new VendorError(
            // The name servers will show which one it is once they can be asked.
            delegated.isEmpty() ? ErrorClass.RETRY : ErrorClass.FINAL,
            "Dns.SeveralZones",
            "these credentials see %d public zones %s: %s; %s: set %s to %s=<id>"
                .formatted(
                    hosted.size(),
                    zone,
                    zones,
                    delegated
                        .map(HostedZones::shown)
                        .orElse("the DNS does not say now which of them it is"),
                    setting,
                    zone),
            requestId,
            null));
  }

  private static String shown(List<String> delegated) {
    return delegated.isEmpty()
        ? "the DNS delegates to none of them"
        : "the DNS delegates to " + String.join(", ", delegated);
  }
}
