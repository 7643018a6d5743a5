package dev.polycert.bench;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Starts the other process before the application, which is pointed at it. */
public class SandboxResource implements QuarkusTestResourceLifecycleManager {
  private SandboxProcess sandbox;

  @Override
  public Map<String, String> start() {
    sandbox = new SandboxProcess();
    Map<String, String> settings = new HashMap<>(SandboxProcess.KEYS);
    settings.put("polycert.http.endpoint", sandbox.uri().toString());
    settings.put("bench.sandbox", sandbox.uri().toString());
    return settings;
  }

  @Override
  public void stop() {
    sandbox.close();
  }
}
