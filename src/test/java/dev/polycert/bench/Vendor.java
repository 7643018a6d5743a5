package dev.polycert.bench;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The emulated vendor as a bench sees it: its controls, and its own SDK. */
record Vendor(URI uri) {

  JsonObject control(String method, String path, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri.resolve("/_sandbox/" + path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + ": " + response.body());
      }
      return new JsonObject(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets everything; from then on answers after the latency. */
  void reset(String settings) {
    control("POST", "reset", "{}");
    control("PUT", "settings", settings);
    counts();
  }

  /** The calls since the last time. */
  JsonObject counts() {
    return control("GET", "tencent-ssl/counts", "");
  }

  SslClient sdk() {
    HttpProfile http = new HttpProfile();
    http.setProtocol(HttpProfile.REQ_HTTP);
    http.setEndpoint(uri.getAuthority());
    return new SslClient(
        new Credential(
            SandboxProcess.KEYS.get("TENCENTCLOUD_SECRET_ID"),
            SandboxProcess.KEYS.get("TENCENTCLOUD_SECRET_KEY")),
        "",
        new ClientProfile(ClientProfile.SIGN_TC3_256, http));
  }

  /** One write, as a script with the SDK makes it. */
  static String apply(SslClient sdk, String domain) {
    ApplyCertificateRequest request = new ApplyCertificateRequest();
    request.setDvAuthMethod("DNS");
    request.setDomainName(domain);
    try {
      return sdk.ApplyCertificate(request).getCertificateId();
    } catch (TencentCloudSDKException e) {
      throw new AssertionError(e.getErrorCode(), e);
    }
  }

  /**
   * The same calls as ours for one domain: a look whether there is a certificate, the write, a look
   * at what is to be published, and whether it is.
   */
  static void applyAsWeDo(SslClient sdk, String domain) {
    try {
      DescribeCertificatesRequest search = new DescribeCertificatesRequest();
      search.setSearchKey(domain);
      search.setLimit(100L);
      sdk.DescribeCertificates(search);
      DescribeCertificateRequest look = new DescribeCertificateRequest();
      look.setCertificateId(apply(sdk, domain));
      sdk.DescribeCertificate(look);
      CheckCertificateDomainVerificationRequest check =
          new CheckCertificateDomainVerificationRequest();
      check.setCertificateId(look.getCertificateId());
      sdk.CheckCertificateDomainVerification(check);
    } catch (TencentCloudSDKException e) {
      throw new AssertionError(e.getErrorCode(), e);
    }
  }
}
