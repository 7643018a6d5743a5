package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Paging;
import dev.polycert.call.SharedReadings;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether CAS has the contacts and the company that an application names, before an instance
 * is used for it. A look that fails, for example because the keys lack the right to it, only leaves
 * a note: CAS itself then judges.
 */
final class CasParties {
  private static final String INVALID = "Request.Invalid";

  /** What refusals that are about a contact or a company say; the vendor publishes no codes. */
  private static final Pattern ABOUT_PARTIES =
      Pattern.compile("contact|company|联系人|公司|企业", Pattern.CASE_INSENSITIVE);

  /** For that time, orders of a bulk share what was looked up. */
  private static final Duration AGE = Duration.ofSeconds(1);

  private final CasClient client;
  private final String variable;
  private final SharedReadings<String, Paging.Page<String>> readings;

  CasParties(CasClient client, Clock clock) {
    this.client = client;
    this.variable = NamedAccount.variable(AlibabaCasProvider.CONTACTS);
    this.readings = new SharedReadings<>(clock, AGE);
  }

  /** Refuses a plan whose application names a contact or a company that CAS does not have. */
  Uni<Answer<Preparation>> checked(
      Application application,
      List<String> ofAccount,
      Answer<Preparation> prepared,
      CallContext context) {
    if (!(prepared
        instanceof Answer.Success<Preparation>(Preparation.Ready ready, var requestId))) {
      return prepared.now();
    }
    CasApplication wanted = CasApplication.of(application, ofAccount);
    String company = wanted.companyId();
    boolean asked = application.option(CasOptions.CONTACT_IDS) != null;
    return look(
            CasOptions.CONTACT_IDS,
            () -> client.contacts(context),
            wanted.contacts(),
            unknown -> unknownContacts(asked, unknown),
            context)
        .flatMap(
            contacts ->
                company == null || contacts instanceof Answer.Failed
                    ? Uni.createFrom().item(contacts)
                    : look(
                            CasOptions.COMPANY_ID + " " + company,
                            () -> client.companies(company, context),
                            List.of(company),
                            unknown -> unknownCompany(company),
                            context)
                        .map(
                            found ->
                                contacts.then(
                                    before -> found.map(it -> joined(before.value(), it)))))
        .map(
            seen ->
                seen.then(
                    notes ->
                        new Answer.Success<>(
                            new Preparation.Ready(noting(ready.plan(), notes.value())),
                            requestId)));
  }

  /** Says which options a refusal by CAS is about, where nothing was looked up before. */
  static <T> Answer<T> explained(Answer<T> answer) {
    return answer.recover(
        failure ->
            new Answer.Failed<>(
                failure instanceof Failure.Refused(VendorError error) && isAboutParties(error)
                    ? new Failure.Refused(
                        new VendorError(
                            error.errorClass(),
                            error.code(),
                            "%s (see the options %s and %s)"
                                .formatted(
                                    error.message(), CasOptions.CONTACT_IDS, CasOptions.COMPANY_ID),
                            error.requestId(),
                            error.retryAfter()))
                    : failure));
  }

  private static boolean isAboutParties(VendorError error) {
    return ABOUT_PARTIES.matcher(error.code() + " " + error.message()).find();
  }

  private static Plan noting(Plan plan, List<String> notes) {
    return new Plan(plan.settings(), plan.candidates(), joined(plan.notes(), notes));
  }

  private static List<String> joined(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** The notes of a look; a refusal where one that is wanted is surely not there. */
  private Uni<Answer<List<String>>> look(
      String what,
      Supplier<Uni<Answer<Paging.Page<String>>>> reading,
      List<String> wanted,
      Function<List<String>, VendorError> refusal,
      CallContext context) {
    return readings
        .get(what, context, reading)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<Paging.Page<String>>(var there, _) -> {
                    List<String> unknown =
                        wanted.stream().filter(one -> !there.items().contains(one)).toList();
                    boolean all = there.items().size() >= there.total();
                    yield unknown.isEmpty()
                        ? Answer.of(List.<String>of())
                        : all
                            ? Answer.<List<String>>refused(refusal.apply(unknown))
                            : Answer.of(List.of(unseen(what, "the list has more than was read")));
                  }
                  case Answer.Failed<Paging.Page<String>>(Failure failure) ->
                      Answer.of(
                          List.of(
                              unseen(
                                  what,
                                  failure.error().code() + ": " + failure.error().message())));
                });
  }

  private static String unseen(String what, String why) {
    return "option " + what + ": not looked up in CAS (" + why + ")";
  }

  private VendorError unknownContacts(boolean asked, List<String> unknown) {
    String none =
        "CAS has no contact " + String.join(", ", unknown) + "; its console shows the ids";
    return asked
        ? new VendorError(
            ErrorClass.FINAL, INVALID, "option " + CasOptions.CONTACT_IDS + ": " + none)
        : new VendorError(ErrorClass.CREDENTIALS, "Contacts.Invalid", variable + ": " + none);
  }

  private static VendorError unknownCompany(@Nullable String company) {
    return new VendorError(
        ErrorClass.FINAL,
        INVALID,
        "option "
            + CasOptions.COMPANY_ID
            + ": CAS has no company "
            + company
            + "; its console shows the ids");
  }
}
