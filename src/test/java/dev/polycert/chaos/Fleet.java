package dev.polycert.chaos;

import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.alibaba.EsaEmulators;
import dev.polycert.sandbox.huawei.ScmEmulators;
import dev.polycert.sandbox.tencent.TencentEmulators;
import dev.polycert.store.dynamodb.DynamoDbTestResource;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes that share one table on DynamoDB Local and the emulated vendors of this process. */
final class Fleet implements AutoCloseable {
  static final List<String> PROVIDERS = ChaosFixture.PROVIDERS;

  private static final String ENDPOINT = "quarkus.dynamodb.endpoint-override";
  private static final Map<String, String> KEYS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", "FAKEAKEXAMPLE0000000",
          "TENCENTCLOUD_SECRET_KEY", "fake-secret-key-for-tests-only",
          "ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "fake-secret-key-for-tests-only",
          "HUAWEICLOUD_SDK_AK", "FAKEAKEXAMPLE0000000",
          "HUAWEICLOUD_SDK_SK", "fake-secret-key-for-tests-only",
          "HUAWEICLOUD_SDK_PROJECT_ID", "00000000000000000000000000000000");

  private final Map<String, String> store = new DynamoDbTestResource().start();
  private final RunningSandbox sandbox =
      new RunningSandbox(
          KEYS,
          TencentEmulators::ssl,
          TencentEmulators::edgeOne,
          EsaEmulators::esa,
          ScmEmulators::scm);
  private final List<AutoCloseable> parts = new ArrayList<>();

  Fleet() {
    sandbox.start();
    Caller control = new Caller(sandbox.uri("/"), sandbox.uri("/"), "");
    control.reset();
    control.control("PUT", "settings", "{\"limits\": false}");
  }

  /** One more process. */
  Worker worker(String requestTimeout) throws IOException {
    return start(requestTimeout, sandbox.uri("/"), URI.create(store.get(ENDPOINT)));
  }

  /** One whose every request is watched. */
  Worker watched(String requestTimeout, Tap.Watcher watcher) throws IOException {
    Tap vendors = new Tap(sandbox.uri("/"), watcher);
    Tap table = new Tap(URI.create(store.get(ENDPOINT)), watcher);
    parts.add(vendors);
    parts.add(table);
    return start(requestTimeout, vendors.uri(), table.uri());
  }

  private Worker start(String requestTimeout, URI vendors, URI table) throws IOException {
    Map<String, String> settings = new HashMap<>(store);
    settings.put("polycert.rate.kind", "local");
    settings.put(ENDPOINT, table.toString());
    settings.put("polycert.http.endpoint", vendors.toString());
    settings.put("polycert.request-timeout", requestTimeout);
    Worker worker = new Worker(settings, KEYS, sandbox.uri("/"));
    parts.add(worker);
    return worker;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    sandbox.stop();
  }
}
