package dev.polycert.whole.executable;

import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** Has the executable call a sandbox and keep its orders in a directory of its own. */
public final class SandboxVendors implements QuarkusTestResourceLifecycleManager {
  private final RunningSandbox sandbox = TencentSandbox.create();

  @Override
  public Map<String, String> start() {
    sandbox.start();
    Map<String, String> settings = new HashMap<>(TencentSandbox.CREDENTIALS);
    settings.put("polycert.http.endpoint", sandbox.uri("").toString());
    settings.put("polycert.store.path", temporary() + "/orders.mv");
    return settings;
  }

  private static String temporary() {
    try {
      return Files.createTempDirectory("polycert").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    sandbox.stop();
  }
}
