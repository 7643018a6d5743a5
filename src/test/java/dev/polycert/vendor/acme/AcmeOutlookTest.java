package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the DNS has against an order ends it before the CA hears of it. */
@StartsProcesses
class AcmeOutlookTest {
  @RegisterExtension final Resources resources = new Resources();
  private final FakeCa ca = resources.add(new FakeCa().calls("ca.example"));
  private final Dns dns = new Dns();
  private final AcmeFixture acme = resources.add(AcmeFixture.at(ca.directory()).look(dns));

  /** Has obstacles by name, and keeps who asked. */
  private static final class Dns implements ValidationLook {
    private final Map<String, Obstacle> obstacles = new ConcurrentHashMap<>();
    private final List<Issuer> asked = Collections.synchronizedList(new ArrayList<>());
    private String onlyAccount = "";

    @Override
    public Uni<Optional<Obstacle>> obstacle(DomainName name, Issuer issuer, Instant deadline) {
      asked.add(issuer);
      String account = Objects.requireNonNullElse(issuer.account(), onlyAccount);
      return Uni.createFrom()
          .item(
              Optional.ofNullable(obstacles.get(name.ascii()))
                  .or(
                      () ->
                          account.equals(onlyAccount) || onlyAccount.isEmpty()
                              ? Optional.empty()
                              : Optional.of(Obstacle.lasting("Dns.CaaForbids", "not " + account))));
    }

    @Override
    public Uni<Finding> record(String name, String type, String value, Instant deadline) {
      return AcmeFixture.SEES_ALL.record(name, type, value, deadline);
    }

    @Override
    public Uni<Finding> file(String url, String content, Instant deadline) {
      return AcmeFixture.SEES_ALL.file(url, content, deadline);
    }
  }

  private static Applications order() {
    return Applications.forDomain("www.fake.example").option("alternativeNames", "b.fake.example");
  }

  private static VendorError refused(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  @Test
  void whatStaysIsRefusedForGoodAndGoesBeforeWhatMayPass() {
    dns.obstacles.put("www.fake.example", Obstacle.passing("Dns.Unreachable", "no answer"));
    dns.obstacles.put("b.fake.example", Obstacle.lasting("Dns.CaaForbids", "CAA forbids"));

    VendorError error = refused(acme.prepare(order().application()));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.code()).isEqualTo("Dns.CaaForbids");
    assertThat(error.message()).isEqualTo("CAA forbids");
    assertThat(ca.received("new-order")).isEmpty();
    assertThat(ca.received("account")).isEmpty();
  }

  @Test
  void whatMayPassIsTriedAgain() {
    dns.obstacles.put("www.fake.example", Obstacle.passing("Dns.Unreachable", "no answer"));

    VendorError error = refused(acme.prepare(order().application()));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(error.code()).isEqualTo("Dns.Unreachable");
  }

  @Test
  void asksAsTheCaThatWillIssueByTheMethodOfTheOrder() {
    acme.prepare(order().application());
    acme.prepare(order().validation(ValidationMethod.FILE).application());

    assertThat(dns.asked).extracting(Issuer::identities).containsOnly(List.of("ca.example"));
    assertThat(dns.asked)
        .extracting(Issuer::method)
        .containsExactly("dns-01", "dns-01", "http-01", "http-01");
  }

  @Test
  void anAccountThatTheFirstOrderMakesIsLookedForBeforeTheOrderIsSpent() {
    dns.onlyAccount = "https://ca.example/account/other";
    Object prepared = acme.prepare(order().application());
    assertThat(prepared).isInstanceOf(Preparation.Ready.class);
    Map<String, String> plan = ((Preparation.Ready) prepared).plan().settings();

    Object placed =
        AcmeFixture.came(acme.provider().place(order().plan(plan).application(), acme.context()));

    String made = ca.directory().replace("/directory", "/account/1");
    assertThat(refused(placed).message()).isEqualTo("not " + made);
    assertThat(ca.received("new-order")).isEmpty();
    // Known by now, it is looked for at once.
    assertThat(refused(acme.prepare(order().application())).message()).isEqualTo("not " + made);
  }

  @Test
  void withoutLooksTheCaIsAskedAnyway() {
    dns.obstacles.put("www.fake.example", Obstacle.lasting("Dns.CaaForbids", "CAA forbids"));
    AcmeFixture blind = resources.add(acme.another().set("polycert.acme.look", "false"));

    assertThat(blind.apply(order()).progress().phase()).isEqualTo(Phase.APPLYING);
    assertThat(dns.asked).isEmpty();
  }
}
