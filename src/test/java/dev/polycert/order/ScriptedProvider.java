package dev.polycert.order;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Intents;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A provider that answers as a test says, step by step, and keeps what it was asked. An answer that
 * the test did not give is an error, so that no step happens unseen.
 */
public final class ScriptedProvider implements CertificateProvider {
  public enum Call {
    PREPARE,
    PLACE,
    FIND,
    CHECK,
    LOOK,
    SUBMIT,
    CANCEL,
    DELETE,
    REVOKE,
    REPORT_COMPROMISE
  }

  private static final Set<Call> WRITES =
      Set.of(
          Call.PLACE, Call.SUBMIT, Call.CANCEL, Call.DELETE, Call.REVOKE, Call.REPORT_COMPROMISE);

  /** How its validations can be made. */
  public Set<ValidationMethod> validations = Set.of(ValidationMethod.DNS);

  public final List<Call> calls = new ArrayList<>();
  public final List<Application> seen = new ArrayList<>();
  public List<String> missing = List.of();
  public Set<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.RENEWAL_WINDOW));
  public Answer<CertificateBundle> export;
  public Answer<Deployment> deployment;
  public Runnable beforePage = () -> {};
  public final Map<String, Answer<Inventory>> pages = new HashMap<>();
  public List<String> missingVariables = List.of();
  public String account = "default";
  public InformationUse information =
      new InformationUse(Set.of(Information.Part.values()), null, false);
  public Delegability delegability = new Delegability(List.of("_dnsauth"), "");
  public Renewal renewal = Renewal.ANY_TIME;
  public Map<String, String> defaults = Map.of();
  public boolean namesOrganization;

  /** Whether it has one certificate for each name. */
  public boolean oneForEachName;

  /** Whether it deletes what is not issued. */
  public boolean deletesApplications = true;

  /** The option without which no key is given out; null for none. */
  public String keyOption;

  public Optional<RenewalWindow> window = Optional.empty();
  private final Map<Call, LinkedList<Function<CallContext, Uni<? extends Answer<?>>>>> script =
      new EnumMap<>(Call.class);
  private final String id;

  public ScriptedProvider(String id) {
    this.id = id;
  }

  /** Forgets the answers that were not asked for yet. */
  public void clear() {
    script.clear();
  }

  public ScriptedProvider on(Call call, Answer<?> answer) {
    return WRITES.contains(call)
        ? onWrite(call, () -> {}, answer)
        : on(call, context -> Uni.createFrom().item(answer));
  }

  /** As above, with something that happens while the write is on its way. */
  public ScriptedProvider onWrite(Call call, Runnable meanwhile, Answer<?> answer) {
    return on(call, context -> intend(context, "Write").invoke(meanwhile).replaceWith(answer));
  }

  public ScriptedProvider on(Call call, Function<CallContext, Uni<? extends Answer<?>>> answer) {
    script.computeIfAbsent(call, key -> new LinkedList<>()).add(answer);
    return this;
  }

  /** Announces one of the writes of a call. */
  public static Uni<Void> intend(CallContext context, String operation) {
    return Intents.intend((WriteContext) context, operation);
  }

  private synchronized Uni<? extends Answer<?>> next(
      Call call, Application application, CallContext context) {
    calls.add(call);
    seen.add(application);
    var answers = script.get(call);
    if (answers == null || answers.isEmpty()) {
      throw new AssertionError("unexpected " + call + " after " + calls);
    }
    return answers.removeFirst().apply(context);
  }

  private Uni<Answer<Progress>> answer(Call call, Application application, CallContext context) {
    return next(call, application, context)
        .map(answer -> answer.map(progress -> (Progress) progress));
  }

  @Override
  public Service service() {
    return new Service(
        Descriptor.of(id, id).secret("SOME_KEY").option(AlternativeNames.OPTION, "further names"),
        new Account(account, missingVariables));
  }

  @Override
  public Map<String, String> defaults(Application application) {
    return defaults;
  }

  @Override
  public Optional<VendorError> withholdsKey(Application application) {
    return keyOption == null || application.option(keyOption) != null
        ? Optional.empty()
        : Optional.of(new VendorError(ErrorClass.FINAL, "Option." + keyOption, "must be true"));
  }

  @Override
  public boolean namesOrganization(Application application) {
    return namesOrganization;
  }

  @Override
  public boolean isAboutCandidate(VendorError error) {
    return error.errorClass() == ErrorClass.FINAL;
  }

  @Override
  public Offer offer() {
    Offer offer =
        new Offer(
                validations,
                Set.of(KeyAlgorithm.RSA_2048),
                capabilities,
                "",
                "",
                Duration.ofHours(48))
            .with(information)
            .with(delegability);
    Offer deleting = deletesApplications ? offer : offer.withoutDeletingApplications();
    return oneForEachName ? deleting.withOneForEachName() : deleting;
  }

  @Override
  public Renewal renewal() {
    return renewal;
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return next(Call.PREPARE, application, context)
        .map(
            answer ->
                answer.map(
                    it ->
                        it instanceof Progress progress
                            ? new Preparation.Existing(progress)
                            : (Preparation) it));
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return answer(Call.PLACE, application, context);
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return answer(Call.FIND, application, context);
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return answer(Call.CHECK, application, context);
  }

  @Override
  public Uni<Answer<Progress>> look(Application application, CallContext context) {
    return answer(Call.LOOK, application, context);
  }

  @Override
  public List<String> missingInformation(Application application) {
    return missing;
  }

  @Override
  public Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    return answer(Call.SUBMIT, application, context);
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return answer(Call.CANCEL, application, context);
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return answer(Call.DELETE, application, context);
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return answer(Call.REVOKE, application, context);
  }

  @Override
  public Uni<Answer<Progress>> reportCompromise(Application application, WriteContext context) {
    return answer(Call.REPORT_COMPROMISE, application, context);
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return Uni.createFrom().item(export);
  }

  @Override
  public Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, WriteContext context) {
    return intend(context, "Deploy").replaceWith(deployment);
  }

  @Override
  public Uni<Optional<RenewalWindow>> renewalWindow(Application application, CallContext context) {
    return Uni.createFrom().item(window);
  }

  @Override
  public Uni<Answer<Inventory>> list(String cursor, CallContext context) {
    beforePage.run();
    return Uni.createFrom().item(pages.get(String.valueOf(cursor)));
  }
}
