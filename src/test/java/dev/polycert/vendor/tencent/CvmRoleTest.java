package dev.polycert.vendor.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.RoleTesting;
import dev.polycert.call.VendorServer;
import dev.polycert.testing.Resources;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a metadata service that answers as Tencent Cloud's reference shows. */
class CvmRoleTest {
  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer metadata = resources.add(new VendorServer());

  private String fetched() {
    return RoleTesting.shown(
        RoleTesting.fetch(CvmRole.ROLE, vertx, metadata.uri(), "certificates", Map.of()));
  }

  @Test
  void fetchesTheKeysOfTheRole() {
    metadata.thenJson(
        200,
        """
        {"TmpSecretId": "fake-id", "TmpSecretKey": "fake-key", "ExpiredTime": 1796022000,
         "Expiration": "2026-11-30T07:00:00Z", "Token": "fake-token", "Code": "Success"}
        """);

    assertThat(fetched()).isEqualTo("fake-id fake-key fake-token 2026-11-30T07:00:00Z");
    assertThat(metadata.seen()).hasSize(1);
    assertThat(metadata.seen().getFirst().method()).isEqualTo("GET");
    assertThat(metadata.seen().getFirst().uri())
        .isEqualTo("/latest/meta-data/cam/security-credentials/certificates");
  }

  @Test
  void saysThatThereIsNoSuchRole() {
    metadata.thenJson(404, "");

    assertThat(fetched()).contains("CREDENTIALS", "this machine has no CAM role certificates");
  }

  @Test
  void anAnswerWithoutAllOfTheKeysIsNone() {
    metadata.thenJson(200, "{\"Code\": \"Failed\"}");
    metadata.thenJson(
        200,
        "{\"Code\": \"Success\", \"TmpSecretId\": \"fake-id\", \"TmpSecretKey\": \"fake-key\"}");
    metadata.thenJson(500, "fake-key");
    metadata.thenCut();
    metadata.then(request -> request.response().end("x".repeat(100_000)));

    assertThat(fetched()).contains("RETRY", "gave no keys");
    assertThat(fetched()).contains("RETRY", "gave no keys").doesNotContain("fake-key");
    assertThat(fetched()).contains("RETRY", "HTTP 500").doesNotContain("fake-key");
    assertThat(fetched()).contains("RETRY", "Transport.Broken");
    assertThat(fetched()).contains("RETRY", "Transport.TooLarge");
  }
}
