package dev.polycert.vendor.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.RoleTesting;
import dev.polycert.call.VendorServer;
import dev.polycert.testing.Resources;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a metadata service that answers as Alibaba Cloud's reference shows. */
class EcsRamRoleTest {
  private static final String KEYS =
      """
      {"AccessKeyId": "STS.fake-id", "AccessKeySecret": "fake-secret",
       "Expiration": "2026-11-30T08:44:00Z", "SecurityToken": "fake-token",
       "LastUpdated": "2026-11-30T02:44:00Z", "Code": "Success"}
      """;

  private static final String SHOWN = "STS.fake-id fake-secret fake-token 2026-11-30T08:44:00Z";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer metadata = resources.add(new VendorServer());

  private String fetched(Map<String, String> variables) {
    return RoleTesting.shown(
        RoleTesting.fetch(EcsRamRole.ROLE, vertx, metadata.uri(), "certificates", variables));
  }

  @Test
  void fetchesTheKeysOfTheRoleWithATokenOfTheMetadata() {
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(200, KEYS);

    assertThat(fetched(Map.of())).isEqualTo(SHOWN);
    assertThat(metadata.seen().getFirst().method()).isEqualTo("PUT");
    assertThat(metadata.seen().getFirst().uri()).isEqualTo("/latest/api/token");
    assertThat(metadata.seen().getFirst().headers())
        .containsEntry("x-aliyun-ecs-metadata-token-ttl-seconds", "60")
        .containsEntry("content-length", "0");
    assertThat(metadata.seen().getLast().method()).isEqualTo("GET");
    assertThat(metadata.seen().getLast().uri())
        .isEqualTo("/latest/meta-data/ram/security-credentials/certificates");
    assertThat(metadata.seen().getLast().headers())
        .containsEntry("x-aliyun-ecs-metadata-token", "metadata-token");
  }

  @Test
  void goesOnWithoutATokenUnlessThatIsForbidden() {
    metadata.thenJson(404, "");
    metadata.thenJson(200, KEYS);
    metadata.thenJson(403, "");

    assertThat(fetched(Map.of())).isEqualTo(SHOWN);
    assertThat(metadata.seen().getLast().headers())
        .doesNotContainKey("x-aliyun-ecs-metadata-token");
    assertThat(fetched(Map.of("ALIBABA_CLOUD_IMDSV1_DISABLED", "true")))
        .contains("CREDENTIALS", "HTTP 403");
    assertThat(metadata.seen()).hasSize(3);
  }

  @Test
  void aSwitchThatIsNeitherOnNorOffAllowsNothing() {
    assertThat(fetched(Map.of("ALIBABA_CLOUD_IMDSV1_DISABLED", "yes")))
        .contains("CREDENTIALS", "ALIBABA_CLOUD_IMDSV1_DISABLED must be true or false, not yes");
    assertThat(metadata.seen()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchRole() {
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(404, "");

    assertThat(fetched(Map.of()))
        .contains("CREDENTIALS", "this machine has no RAM role certificates");
  }

  @Test
  void anAnswerWithoutAllOfTheKeysIsNone() {
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(200, KEYS.replace("Success", "Failed"));
    metadata.thenJson(200, "metadata-token");
    metadata.thenJson(200, KEYS.replace("2026-11-30T08:44:00Z", "soon"));

    assertThat(fetched(Map.of())).contains("RETRY", "gave no keys").doesNotContain("fake-secret");
    assertThat(fetched(Map.of())).contains("RETRY", "gave no keys").doesNotContain("fake-secret");
  }
}
