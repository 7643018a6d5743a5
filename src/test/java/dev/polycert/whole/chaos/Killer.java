package dev.polycert.whole.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Notes the requests of a process, and ends it at one of them. */
final class Killer implements Tap.Watcher {

  /** Whom to end, at its request of that number, before or after it has effect. */
  private record Aim(Worker victim, int request, boolean after) {}

  private final CountDownLatch killed = new CountDownLatch(1);
  private final List<String> trace = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Aim aim;
  private int requests;

  /** From now on requests count. */
  synchronized void arm(Worker victim, int request, boolean after) {
    requests = 0;
    aim = new Aim(victim, request, after);
  }

  /** All requests, in order. */
  List<String> trace() {
    return trace;
  }

  void awaitKill() throws InterruptedException {
    killed.await();
  }

  @Override
  public synchronized boolean sent(String request) {
    trace.add(request);
    requests++;
    return !isAim(false);
  }

  @Override
  public synchronized boolean answered(String request) {
    return !isAim(true);
  }

  private boolean isAim(boolean after) {
    Aim at = aim;
    if (at == null || at.request != requests || at.after != after) {
      return false;
    }
    at.victim.kill();
    killed.countDown();
    return true;
  }
}
