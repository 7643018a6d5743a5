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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lets the vendors' own signers sign what a client of ours sent. */
public final class VendorSigners {
  private VendorSigners() {}

  /** What the vendor's signer would have put into the Authorization header of the request. */
  public static String authorization(Capture.Vendor vendor, Received request) {
    try {
      return switch (vendor) {
        case TENCENT -> tencent(request);
        case ALIBABA -> alibaba(request);
        case HUAWEI -> huawei(request);
      };
    } catch (Exception e) {
      throw new AssertionError("the vendor's signer failed", e);
    }
  }

  private static String tencent(Received request) throws Exception {
    Credential credential = new Credential(Capture.KEY_ID, Capture.SECRET);
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

  private static String alibaba(Received request) throws Exception {
    TeaRequest signed = new TeaRequest();
    signed.method = request.method();
    signed.pathname = request.path();
    signed.query = new TreeMap<>(parameters(request.query()));
    signed.headers = new TreeMap<>(request.headers());
    return com.aliyun.openapiutil.Client.getAuthorization(
        signed,
        "ACS3-HMAC-SHA256",
        request.headers().get("x-acs-content-sha256"),
        Capture.KEY_ID,
        Capture.SECRET);
  }

  private static String huawei(Received request) {
    HttpRequest.HttpRequestBuilder signed =
        HttpRequest.newBuilder()
            .withEndpoint("http://" + request.headers().get("host"))
            .withPath(request.path())
            .withMethod(HttpMethod.valueOf(request.method()))
            .withBodyAsString(request.text());
    parameters(request.query())
        .forEach((name, value) -> signed.addQueryParam(name, List.of(value)));
    for (String name : List.of("x-project-id", "x-sdk-date", "x-security-token")) {
      String value = request.headers().get(name);
      if (value != null) {
        signed.addHeader(name.equals("x-sdk-date") ? "X-Sdk-Date" : name, value);
      }
    }
    BasicCredentials credentials =
        new BasicCredentials().withAk(Capture.KEY_ID).withSk(Capture.SECRET);
    return AKSKSigner.getInstance().sign(signed.build(), credentials).get("Authorization");
  }

  private static Map<String, String> parameters(String query) {
    return query == null || query.isEmpty()
        ? Map.of()
        : Arrays.stream(query.split("&"))
            .map(parameter -> parameter.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
