package dev.polycert.whole.judge;

import com.aliyun.tea.TeaRequest;
import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.teo.v20220901.TeoClient;
import dev.polycert.provider.FixtureServer.Received;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** Lets the vendors' own signers sign what a client of ours sent. */
public final class VendorSigners {
  private VendorSigners() {}

  /** What the vendor's signer would have put into the Authorization header of the request. */
  public static String authorization(Capture.Vendor vendor, Received request) {
    return authorization(vendor, request, Capture.SECRET);
  }

  /** The same for a request that was signed with another secret. */
  public static String authorization(Capture.Vendor vendor, Received request, String secret) {
    try {
      return switch (vendor) {
        case TENCENT -> tencent(request, secret);
        case ALIBABA -> alibaba(request, secret);
        case HUAWEI -> huawei(request, secret);
      };
    } catch (Exception e) {
      throw new AssertionError("the vendor's signer failed", e);
    }
  }

  private static String tencent(Received request, String secret) throws Exception {
    Credential credential = new Credential(Capture.KEY_ID, secret);
    boolean edgeOne = "2022-09-01".equals(request.headers().get("x-tc-version"));
    AbstractClient client = edgeOne ? new TeoClient(credential, "") : new SslClient(credential, "");
    HashMap<String, String> headers = new HashMap<>();
    headers.put("Host", request.headers().get("host"));
    headers.put("Content-Type", request.headers().get("content-type"));
    headers.put("X-TC-Timestamp", request.headers().get("x-tc-timestamp"));
    // The SDK's signer is private, and takes the service from the host it was made for.
    Method signer =
        AbstractClient.class.getDeclaredMethod("getAuthorization", HashMap.class, byte[].class);
    signer.setAccessible(true);
    return (String) signer.invoke(client, headers, request.body());
  }

  private static String alibaba(Received request, String secret) throws Exception {
    TeaRequest signed = new TeaRequest();
    signed.method = request.method();
    signed.pathname = request.path();
    signed.query = new TreeMap<>(request.parameters());
    signed.headers = new TreeMap<>(request.headers());
    return com.aliyun.openapiutil.Client.getAuthorization(
        signed,
        "ACS3-HMAC-SHA256",
        request.headers().get("x-acs-content-sha256"),
        Capture.KEY_ID,
        secret);
  }

  private static String huawei(Received request, String secret) {
    HttpRequest.HttpRequestBuilder signed =
        HttpRequest.newBuilder()
            .withEndpoint("http://" + request.headers().get("host"))
            .withPath(request.path())
            .withMethod(HttpMethod.valueOf(request.method()))
            .withBodyAsString(request.text());
    request.parameters().forEach((name, value) -> signed.addQueryParam(name, List.of(value)));
    for (String name : List.of("x-project-id", "x-sdk-date", "x-security-token")) {
      String value = request.headers().get(name);
      if (value != null) {
        signed.addHeader(name.equals("x-sdk-date") ? "X-Sdk-Date" : name, value);
      }
    }
    BasicCredentials credentials = new BasicCredentials().withAk(Capture.KEY_ID).withSk(secret);
    return AKSKSigner.getInstance().sign(signed.build(), credentials).get("Authorization");
  }
}
