package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Stage;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state that one step of a delivery leaves for the next, as texts that people can read too. */
record DeliveryState(Map<String, String> texts) {
  /** The id of the certificate that is being put into use. */
  static final String CERTIFICATE = "certificateId";

  /** Of the certificates that something may still use; the first is being replaced. */
  static final String OLD = "oldCertificateIds";

  /** Of the old certificates that something still uses after their updates. */
  static final String STUCK = "stuckCertificateIds";

  static final String RECORD = "recordId";

  /** The records that have ended or no longer exist. */
  static final String ENDED = "endedRecordIds";

  /** Of the newest record that is older than this delivery; 0 when there is none. */
  static final String BEFORE = "recordIdBefore";

  /** The ranges of the target's instances that are left, once they were refused together. */
  static final String GROUPS = "groups";

  /** The instances and updates that failed, each with the reason. */
  static final String REFUSED = "refused";

  private static final String OTHERS = "all others have the certificate; failed: ";

  /** The most characters about what failed: people read no more. */
  private static final int LONGEST_REFUSED = 2_000;

  /** Whether the update is over, so that only what is left is to be looked for. */
  static final String MOVED = "moved";

  /** How often each detail of the record was tried again. */
  static final String RETRIES = "retries";

  static final String DONE = "done";
  static final String FAILED = "failed";

  /** The task that looks for what uses the old certificate. */
  static final String TASK = "bindTaskId";

  static final String IN_USE = "stillInUse";
  static final String NOTE = "note";

  DeliveryState {
    texts = Map.copyOf(texts);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  List<String> list(String name) {
    return get(name).map(ResourceScope::list).orElse(List.of());
  }

  DeliveryState with(String name, String text) {
    Map<String, String> more = new TreeMap<>(texts);
    more.put(name, text);
    return new DeliveryState(more);
  }

  DeliveryState with(String name, List<String> values) {
    return values.isEmpty() ? without(name) : with(name, String.join(",", values));
  }

  DeliveryState without(String... names) {
    Map<String, String> fewer = new TreeMap<>(texts);
    fewer.keySet().removeAll(Arrays.asList(names));
    return new DeliveryState(fewer);
  }

  /** Remembers what failed, while the rest goes on. */
  DeliveryState withRefused(String what) {
    String before = get(REFUSED).map(text -> text + "; ").orElse("");
    return before.length() > LONGEST_REFUSED
        ? this
        : with(REFUSED, before + what.replace(OTHERS, ""));
  }

  /** Whether a failure is the {@link #ended end}, and says all that failed. */
  static boolean isEnd(Failure failure) {
    return failure.error().message().startsWith(OTHERS);
  }

  /** The end of a delivery: done, unless something failed. */
  Uni<Answer<Stage>> ended() {
    return get(REFUSED)
        .map(
            named ->
                Answer.<Stage>refused(
                    new VendorError(ErrorClass.FINAL, JobWatch.NOT_ALL, OTHERS + named)))
        .orElseGet(() -> Answer.of(new Stage.Done(get(CERTIFICATE).orElseThrow())))
        .now();
  }

  /** How often each detail was tried again, by its id. */
  Map<Long, Integer> retries() {
    Map<Long, Integer> retries = new LinkedHashMap<>();
    for (String one : list(RETRIES)) {
      String[] parts = one.split("=");
      retries.put(Long.valueOf(parts[0]), Integer.valueOf(parts[1]));
    }
    return retries;
  }

  DeliveryState withRetries(Map<Long, Integer> retries) {
    String text =
        retries.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    return text.isEmpty() ? without(RETRIES) : with(RETRIES, text);
  }

  /** Goes on without that record, which has ended or is not there any more. */
  DeliveryState withEnded(String record) {
    List<String> over = new ArrayList<>(list(ENDED));
    over.add(record);
    return with(ENDED, over).without(RECORD, RETRIES, FAILED);
  }

  /** The state as the result of a step. */
  Uni<Answer<Stage>> underWay(Duration again) {
    return Answer.<Stage>of(new Stage.UnderWay(texts, again)).now();
  }
}
