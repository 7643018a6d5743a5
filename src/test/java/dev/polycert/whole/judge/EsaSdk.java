package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Alibaba Cloud's SDK for all of its OpenAPI products, pointed at the sandbox. */
final class EsaSdk {
  static final Map<String, String> KEYS =
      Map.of(
          "ALIBABA_CLOUD_ACCESS_KEY_ID", Capture.KEY_ID,
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", Capture.SECRET);

  /** The operations that the vendor's generated client sends with GET; all others with POST. */
  private static final Set<String> GETS =
      Set.of("DeleteCertificate", "GetCertificateQuota", "GetSite", "ListSites");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Client client;
  private final String version;

  EsaSdk(String authority, String secret) {
    this(authority, secret, "2024-09-10");
  }

  /**
   * @param version of the product's API
   */
  EsaSdk(String authority, String secret, String version) {
    this.version = version;
    try {
      client =
          new Client(
              new Config()
                  .setAccessKeyId(Capture.KEY_ID)
                  .setAccessKeySecret(secret)
                  .setProtocol("HTTP")
                  .setEndpoint(authority));
    } catch (Exception e) {
      throw new AssertionError("no client", e);
    }
  }

  /** Calls as the vendor's generated client does, and gives the answer's fields. */
  JsonNode call(String operation, Map<String, ?> parameters) throws Exception {
    boolean form = operation.equals("SetCertificate");
    Map<String, String> query = new TreeMap<>();
    parameters.forEach((name, value) -> query.put(name, String.valueOf(value)));
    OpenApiRequest request = new OpenApiRequest();
    if (form) {
      request.setBody(query);
    } else {
      request.setQuery(query);
    }
    Params params =
        new Params()
            .setAction(operation)
            .setVersion(version)
            .setProtocol("HTTP")
            .setPathname("/")
            .setMethod(GETS.contains(operation) ? "GET" : "POST")
            .setAuthType("AK")
            .setStyle("RPC")
            .setReqBodyType(form ? "formData" : "json")
            .setBodyType("json");
    Map<String, ?> answer = client.callApi(params, request, new RuntimeOptions());
    assertThat(answer.get("statusCode")).isEqualTo(200);
    JsonNode body = JSON.valueToTree(answer.get("body"));
    assertThat(body.get("RequestId").asText()).matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}");
    return body;
  }

  /** The error that the SDK made of the answer. */
  static TeaException refusal(ThrowingCallable call) {
    TeaException error = catchThrowableOfType(TeaException.class, call);
    assertThat(error).as("the call was not refused").isNotNull();
    assertThat(error.getMessage()).contains("request id: ").doesNotContain("request id: null");
    return error;
  }
}
