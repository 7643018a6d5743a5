package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether the CA is asked to validate what our own look does not show. */
@StartsProcesses
class AcmeProofsTest {
  @RegisterExtension final Resources resources = new Resources();
  private final FakeCa ca = resources.add(new FakeCa().wantsProofs());

  /** Shows no record, because there is none, or because a cache remembers that there was none. */
  private record Nothing(boolean asksAuthorities) implements ValidationLook {
    @Override
    public Uni<Finding> record(String name, String type, String value, Instant deadline) {
      return absent(name);
    }

    @Override
    public Uni<Finding> file(String url, String content, Instant deadline) {
      return absent(url);
    }

    private static Uni<Finding> absent(String what) {
      return Uni.createFrom().item(new Finding(what, Finding.Status.ABSENT, List.of(), "add it"));
    }
  }

  private Object check(boolean asksAuthorities, boolean published) {
    AcmeFixture acme =
        resources.add(AcmeFixture.at(ca.directory()).look(new Nothing(asksAuthorities)));
    Application placed =
        acme.apply(Applications.forDomain("www.fake.example").key(KeyAlgorithm.EC_P256))
            .application();
    return AcmeFixture.came(
        acme.provider().check(published ? placed.withPublished() : placed, acme.context()));
  }

  @Test
  void whatACacheMayHideIsLeftToTheCaOnceItIsPublished() {
    assertThat(check(false, true))
        .isInstanceOfSatisfying(
            Progress.class, issued -> assertThat(issued.phase()).isEqualTo(Phase.ISSUED));
  }

  @Test
  void aFileThatTheCaHasNotSeenMayBeHiddenFromAbroad() {
    AcmeFixture acme = resources.add(AcmeFixture.at(ca.directory()));
    Applied applied =
        acme.apply(Applications.forDomain("www.fake.example").validation(ValidationMethod.FILE));
    ca.on(
        "order",
        FakeCa.Reply.json(
            """
            {"status":"invalid","identifiers":[],"authorizations":[],
             "finalize":"https://ca.example/finalize",
             "error":{"type":"urn:ietf:params:acme:error:connection","detail":"secondary"}}
            """,
            Map.of()));

    assertThat(applied.check())
        .isInstanceOfSatisfying(
            Progress.class,
            failed -> {
              assertThat(failed.phase()).isEqualTo(Phase.FAILED);
              assertThat(failed.message())
                  .isEqualTo(
                      "connection: secondary; CAs look from several regions of the world: the host"
                          + " must answer requests from abroad too");
            });
  }

  @Test
  void whatThePersonPublishesMustBeSeen() {
    assertThat(check(false, false)).isInstanceOf(Failure.Refused.class);
    assertThat(ca.received("challenge")).isEmpty();
  }

  @Test
  void whatTheZonesOwnServersDoNotShowIsNotPublished() {
    assertThat(check(true, true)).isInstanceOf(Failure.Refused.class);
    assertThat(ca.received("challenge")).isEmpty();
  }
}
