package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.EcsRamRoleCredentialProvider;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.auth.MetadataCredentialProvider;
import com.tencentcloudapi.common.provider.CvmRoleCredential;
import dev.polycert.call.MachineRole;
import dev.polycert.call.RoleTesting;
import dev.polycert.call.VendorServer;
import dev.polycert.testing.Resources;
import dev.polycert.testing.Services;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The vendors' own SDKs ask the metadata service of a machine what Polycert asks it, and understand
 * the same keys. A proxy stands for the addresses that they have built in.
 */
class MachineRoleJudgeTest {
  private static final String ROLE = "certificates";
  private static final String ALIBABA_TOKEN = "x-aliyun-ecs-metadata-token";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer metadata = resources.add(new VendorServer());
  private final ProxySelector before = ProxySelector.getDefault();

  @BeforeEach
  void standForTheMetadataServices() {
    Proxy proxy =
        new Proxy(
            Proxy.Type.HTTP,
            new InetSocketAddress(metadata.uri().getHost(), metadata.uri().getPort()));
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(proxy);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new IllegalStateException(failure);
          }
        });
  }

  @AfterEach
  void standForThemNoMore() {
    ProxySelector.setDefault(before);
  }

  private static MachineRole role(String service) {
    return Services.all().stream()
        .filter(found -> found.id().equals(service))
        .map(found -> Objects.requireNonNull(found.descriptor().role()))
        .findFirst()
        .orElseThrow();
  }

  private String ours(MachineRole role, String value) {
    return RoleTesting.shown(RoleTesting.fetch(role, vertx, metadata.uri(), value, Map.of()));
  }

  /** The last requests of the SDK and of ours, one after the other. */
  private void assertSame(int requests, MachineRole role) {
    assertThat(metadata.seen()).hasSize(2 * requests);
    for (int i = 0; i < requests; i++) {
      VendorServer.Seen theirs = metadata.seen().get(i);
      VendorServer.Seen ours = metadata.seen().get(requests + i);
      URI proxied = URI.create(theirs.uri());
      assertThat(theirs.headers().get("host")).isEqualTo(role.metadata().getHost());
      assertThat(ours.method() + " " + ours.uri())
          .isEqualTo(theirs.method() + " " + proxied.getPath());
      assertThat(ours.headers().get(ALIBABA_TOKEN)).isEqualTo(theirs.headers().get(ALIBABA_TOKEN));
    }
  }

  @Test
  void tencentCloud() {
    String keys =
        """
        {"TmpSecretId": "fake-id", "TmpSecretKey": "fake-key", "ExpiredTime": 4102444800,
         "Expiration": "2100-01-01T00:00:00Z", "Token": "fake-token", "Code": "Success"}
        """;
    metadata.thenJson(200, keys).thenJson(200, keys);

    CvmRoleCredential sdk = new CvmRoleCredential(ROLE);
    String theirs =
        String.join(
            " ", sdk.getSecretId(), sdk.getSecretKey(), sdk.getToken(), "2100-01-01T00:00:00Z");

    assertThat(ours(role("dnspod"), ROLE)).isEqualTo(theirs);
    assertSame(1, role("dnspod"));
  }

  @Test
  void alibabaCloud() {
    String keys =
        """
        {"AccessKeyId": "STS.fake-id", "AccessKeySecret": "fake-secret",
         "Expiration": "2100-01-01T00:00:00Z", "SecurityToken": "fake-token",
         "LastUpdated": "2026-11-30T02:44:00Z", "Code": "Success"}
        """;
    metadata.thenJson(200, "metadata-token").thenJson(200, keys);
    metadata.thenJson(200, "metadata-token").thenJson(200, keys);

    try (EcsRamRoleCredentialProvider sdk =
        EcsRamRoleCredentialProvider.builder().roleName(ROLE).build()) {
      CredentialModel theirs = sdk.getCredentials();
      assertThat(ours(role("alidns"), ROLE))
          .isEqualTo(
              String.join(
                  " ",
                  theirs.getAccessKeyId(),
                  theirs.getAccessKeySecret(),
                  theirs.getSecurityToken(),
                  "2100-01-01T00:00:00Z"));
    }
    assertSame(2, role("alidns"));
    assertThat(metadata.seen().getFirst().headers())
        .containsKey("x-aliyun-ecs-metadata-token-ttl-seconds");
  }

  /** This version of the SDK does not ask for a token of the metadata yet. */
  @Test
  void huaweiCloud() {
    String keys =
        """
        {"credential": {"access": "fake-ak", "secret": "fake-sk", "securitytoken": "fake-token",
         "expires_at": "2100-01-01T00:00:00.000000Z"}}
        """;
    metadata.thenJson(200, keys).thenJson(404, "").thenJson(200, keys);

    BasicCredentials theirs =
        (BasicCredentials)
            MetadataCredentialProvider.getBasicCredentialMetadataProvider().getCredentials();

    assertThat(ours(role("huaweidns"), "true"))
        .isEqualTo(
            String.join(
                " ",
                theirs.getAk(),
                theirs.getSk(),
                theirs.getSecurityToken(),
                "2100-01-01T00:00:00Z"));
    VendorServer.Seen sdk = metadata.seen().getFirst();
    VendorServer.Seen ours = metadata.seen().getLast();
    assertThat(sdk.headers().get("host")).isEqualTo(role("huaweidns").metadata().getHost());
    assertThat(ours.method() + " " + ours.uri())
        .isEqualTo(sdk.method() + " " + URI.create(sdk.uri()).getPath());
  }
}
