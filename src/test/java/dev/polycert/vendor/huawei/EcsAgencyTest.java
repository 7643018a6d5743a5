package dev.polycert.vendor.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.RoleTesting;
import dev.polycert.call.VendorServer;
import dev.polycert.testing.Resources;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a metadata service that answers as Huawei Cloud's reference shows. */
class EcsAgencyTest {
  private static final String KEYS =
      """
      {"credential": {"access": "fake-ak", "secret": "fake-sk", "securitytoken": "fake-token",
       "expires_at": "2026-11-30T08:44:00.000000Z"}}
      """;

  private static final String SHOWN = "fake-ak fake-sk fake-token 2026-11-30T08:44:00Z";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer metadata = resources.add(new VendorServer());

  private String fetched() {
    return RoleTesting.shown(
        RoleTesting.fetch(EcsAgency.ROLE, vertx, metadata.uri(), "true", Map.of()));
  }

  @Test
  void fetchesTheKeysOfTheAgencyWithATokenOfTheMetadata() {
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(200, KEYS);

    assertThat(fetched()).isEqualTo(SHOWN);
    assertThat(metadata.seen().getFirst().method()).isEqualTo("PUT");
    assertThat(metadata.seen().getFirst().uri()).isEqualTo("/meta-data/latest/api/token");
    assertThat(metadata.seen().getFirst().headers())
        .containsEntry("x-metadata-token-ttl-seconds", "60");
    assertThat(metadata.seen().getLast().method()).isEqualTo("GET");
    assertThat(metadata.seen().getLast().uri()).isEqualTo("/openstack/latest/securitykey");
    assertThat(metadata.seen().getLast().headers())
        .containsEntry("x-metadata-token", "metadata-token");
  }

  @Test
  void goesOnWithoutATokenWhereTheMetadataServiceKnowsNone() {
    metadata.thenJson(405, "");
    metadata.thenJson(200, KEYS);
    metadata.thenJson(500, "");

    assertThat(fetched()).isEqualTo(SHOWN);
    assertThat(metadata.seen().getLast().headers()).doesNotContainKey("x-metadata-token");
    assertThat(fetched()).contains("RETRY", "HTTP 500");
  }

  @Test
  void saysThatThereIsNoAgency() {
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(401, "Please configure Cloud Service Agency first");
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(401, "");
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(200, "{}");

    assertThat(fetched()).contains("CREDENTIALS", "this machine has no agency");
    assertThat(fetched()).contains("CREDENTIALS", "HTTP 401");
    assertThat(fetched()).contains("RETRY", "gave no keys");
  }
}
