package dev.polycert.deliver;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The progress of a delivery after one step. */
public sealed interface Stage {

  /**
   * The certificate is there.
   *
   * @param place the target's name of the certificate: a path, an ARN, an id
   */
  record Done(String place) implements Stage {}

  /**
   * The target is at work, or something is left to do. The state is kept in the order, shown with
   * it, and given to the next step; it survives every failure in between.
   *
   * @param state what the next step needs (the vendor's id of a job, for example) and what people
   *     want to see of it; no secrets
   * @param again how long until the next step is worth taking
   */
  record UnderWay(Map<String, String> state, Duration again) implements Stage {

    public UnderWay {
      state = Collections.unmodifiableMap(new TreeMap<>(state));
    }
  }
}
