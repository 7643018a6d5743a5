package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.dnspod.v20210323.DnspodClient;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.teo.v20220901.TeoClient;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Tencent Cloud's SDK, pointed at the sandbox. */
final class TencentSdk {
  static final Map<String, String> KEYS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", Capture.KEY_ID,
          "TENCENTCLOUD_SECRET_KEY", Capture.SECRET);

  private TencentSdk() {}

  static SslClient ssl(String authority, Credential credential) {
    return ssl(authority, credential, "");
  }

  static SslClient ssl(String authority, Credential credential, String region) {
    return new SslClient(credential, region, profile(authority));
  }

  static TeoClient edgeOne(String authority, Credential credential) {
    return new TeoClient(credential, "", profile(authority));
  }

  static DnspodClient dnspod(String authority, Credential credential) {
    return new DnspodClient(credential, "", profile(authority));
  }

  static Credential keys() {
    return new Credential(Capture.KEY_ID, Capture.SECRET);
  }

  private static ClientProfile profile(String authority) {
    HttpProfile http = new HttpProfile();
    http.setProtocol(HttpProfile.REQ_HTTP);
    http.setEndpoint(authority);
    return new ClientProfile(ClientProfile.SIGN_TC3_256, http);
  }

  /** The error that the SDK made of the answer. */
  static TencentCloudSDKException refusal(ThrowingCallable call) {
    TencentCloudSDKException error = catchThrowableOfType(TencentCloudSDKException.class, call);
    assertThat(error).as("the call was not refused").isNotNull();
    assertThat(error.getRequestId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(error.getMessage()).isNotBlank();
    return error;
  }

  /** The SDK's model takes all that the sandbox has just answered. */
  static void assertKnows(Wire wire, AbstractModel model) {
    JsonNode answered = Models.read(wire.lastBody()).path("Response");
    assertThat(answered.path("RequestId").isTextual()).isTrue();
    Models.assertKnows(answered, AbstractModel.toJsonString(model));
  }

  /** Those of the SDK's operations that the sandbox does not call unknown. */
  static Set<String> emulated(AbstractClient client) {
    Set<String> emulated = new TreeSet<>();
    for (Method method : client.getClass().getDeclaredMethods()) {
      boolean operation =
          AbstractModel.class.isAssignableFrom(method.getReturnType())
              && Arrays.stream(method.getParameterTypes())
                  .allMatch(AbstractModel.class::isAssignableFrom);
      if (operation && isKnown(client, method.getName())) {
        emulated.add(method.getName());
      }
    }
    return emulated;
  }

  private static boolean isKnown(AbstractClient client, String operation) {
    return !code(client, operation, "{}").equals("InvalidAction");
  }

  /** The error code that an operation is refused with; {@code none} when it is not. */
  static String code(AbstractClient client, String operation, String request) {
    try {
      client.call(operation, request);
      return "none";
    } catch (TencentCloudSDKException e) {
      return e.getErrorCode();
    }
  }
}
