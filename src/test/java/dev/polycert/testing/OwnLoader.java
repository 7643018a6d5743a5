package dev.polycert.testing;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Gives jqwik's tests the class loader that has loaded them. Tests of Quarkus, which run before
 * them on the same thread, leave that of their application there, whose settings know no other
 * classes.
 */
public final class OwnLoader implements TestExecutionListener {
  @Override
  public void executionStarted(TestIdentifier started) {
    UniqueId.Segment segment = started.getUniqueIdObject().getLastSegment();
    if (segment.getType().equals("engine") && segment.getValue().equals("jqwik")) {
      Thread.currentThread().setContextClassLoader(OwnLoader.class.getClassLoader());
    }
  }
}
