package dev.polycert.vendor.file;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.FileForm;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Writes certificates to directories of this machine, and runs its hook. */
@ApplicationScoped
public class FileDeliverer implements Deliverer {
  private static final String DIRECTORY = "directory";

  private static final Descriptor SERVICE =
      FileForm.describe(
          Descriptor.of(
                  "file",
                  "a directory of the machine that Polycert runs on; then Polycert runs the hook")
              .variable(FileSettings.BASE, true, "")
              .variable(FileSettings.HOOK, false, "where a server must be made to reload")
              .variable(
                  FileSettings.PASSWORD, false, "for the formats PKCS12, PKCS12_LEGACY and JKS")
              .required(
                  DIRECTORY,
                  "where to, below the configured base: the set is in live/ there, as"
                      + " fullchain.pem, cert.pem, chain.pem and privkey.pem"),
          false,
          FileSettings.PASSWORD);

  /** No name begins with a dot: that rules {@code ..} and our own temporary names out. */
  private static final Pattern RELATIVE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,7}");

  private final Service service;
  private final Optional<Path> base;
  private final VersionedDirectory directory;
  private final Optional<Hook> hook;
  private final Optional<String> password;
  private final List<String> wrongSettings;
  private final String baseVariable = NamedAccount.variable(FileSettings.BASE);
  private final String passwordVariable = NamedAccount.variable(FileSettings.PASSWORD);

  FileDeliverer(FileConfig ofDefault, Config variables, Clock clock, RandomGenerator random) {
    FileConfig config = FileSettings.of(ofDefault, variables);
    base = config.base();
    service =
        new Service(
            SERVICE,
            Account.current(SERVICE.id(), base.isPresent() ? List.of() : List.of(baseVariable)));
    directory = new VersionedDirectory(clock, random, step -> {});
    password = FileForm.password(config.storePassword());
    wrongSettings = FileSettings.wrong(config);
    hook = config.hook().map(command -> new Hook(command, config.hookTimeout(), clock));
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public List<String> wrongSettings() {
    return wrongSettings;
  }

  @Override
  public Optional<String> place() {
    return Optional.of(DIRECTORY);
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = malformed(options);
    if (wrong.isEmpty() && base.isPresent()) {
      wrong.putAll(Ownership.unknown(base.get(), FileForm.of(options)));
    }
    return wrong;
  }

  /** Looks at the directory, too: it must be writable, and a set of another domain stays there. */
  @Override
  public Map<String, String> wrong(Map<String, String> options, DomainName domain) {
    Map<String, String> wrong = wrong(options);
    if (wrong.isEmpty() && base.isPresent()) {
      String relative = Objects.requireNonNull(options.get(DIRECTORY));
      VersionedDirectory.taken(base.get(), relative, domain)
          .or(() -> VersionedDirectory.inTheWay(base.get(), relative))
          .ifPresent(why -> wrong.put(DIRECTORY, why));
    }
    return wrong;
  }

  private Map<String, String> malformed(Map<String, String> options) {
    Map<String, String> wrong =
        FileForm.wrong(options, false, password.isPresent(), passwordVariable);
    wrongDirectory(options.get(DIRECTORY)).ifPresent(why -> wrong.put(DIRECTORY, why));
    return wrong;
  }

  private static Optional<String> wrongDirectory(@Nullable String given) {
    if (given == null) {
      return Optional.of("is missing; a path below the base, www/example.com for example");
    }
    boolean right =
        RELATIVE.matcher(given).matches()
            && Pattern.compile("/").splitAsStream(given).noneMatch(VersionedDirectory::isReserved);
    return right
        ? Optional.empty()
        : Optional.of(
            "must be up to 8 names of letters, digits, '.', '_' and '-' with '/' between them,"
                + " below the base; none begins with a dot or is one of live and versions");
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    Map<String, String> wrong = malformed(options);
    if (!wrong.isEmpty()) {
      return failed(ErrorClass.FINAL, "Target.Invalid", wrong.toString()).now();
    }
    return Uni.createFrom()
        .item(() -> write(domain, certificate, options, context))
        .runSubscriptionOn(Thread::startVirtualThread);
  }

  private Answer<String> write(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      WriteContext context) {
    FileForm form = FileForm.of(options);
    Optional<CertificateFiles> files =
        CertificateFiles.of(domain, certificate, form, password.orElse(""));
    if (files.isEmpty()) {
      return failed(ErrorClass.FINAL, "Format.Unusable", FileForm.UNUSABLE);
    }
    Path target;
    try {
      target =
          directory.write(
              base.orElseThrow(),
              Objects.requireNonNull(options.get(DIRECTORY)),
              files.get(),
              form);
    } catch (VersionedDirectory.TargetException wrong) {
      return failed(ErrorClass.FINAL, wrong.code(), String.valueOf(wrong.getMessage()));
    } catch (IOException | UnsupportedOperationException failure) {
      return failed(ErrorClass.RETRY, "File.NotWritten", baseVariable + ": " + why(failure));
    }
    return hook.flatMap(command -> command.run(target, domain, context.deadline()))
        .map(files.get()::hideIn)
        .map(Answer::<String>refused)
        .orElseGet(() -> Answer.of(target.toString()));
  }

  private static String why(Exception failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
      case NoSuchFileException none -> none.getFile() + " does not exist";
      case FileAlreadyExistsException there -> there.getFile() + " is in the way";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static Answer<String> failed(ErrorClass errorClass, String code, String message) {
    return Answer.refused(new VendorError(errorClass, code, message));
  }
}
