package dev.polycert.vendor.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Exchange;
import dev.polycert.call.OneAccount;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.FileForm;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes certificates to directories of other machines by SFTP, and runs their commands. */
@ApplicationScoped
public class SshDeliverer implements Deliverer, OneAccount {
  private static final String HOST = "host";
  private static final String DIRECTORY = "directory";
  private static final String ANY = Machines.PREFIX + "*_";
  private static final String STORE_PASSWORD = ANY + "STORE_PASSWORD";

  private static final Descriptor SERVICE =
      FileForm.describe(
          Descriptor.of(
                  "ssh",
                  "a directory of another machine, by SFTP; then the machine's command is run."
                      + " Machines whose keys are not pinned get nothing")
              .variable(ANY + "ADDRESS", true, "`*` is a name of yours")
              .variable(ANY + "USER", true, "")
              .variable(ANY + "HOST_KEYS", true, "fingerprints, or what `ssh-keyscan` shows")
              .variable(ANY + "BASE", true, "the directory there")
              .variable(ANY + "PRIVATE_KEY", false, "or")
              .variable(ANY + "PASSWORD", false, "")
              .variable(ANY + "PASSPHRASE", false, "of the private key")
              .variable(ANY + "PORT", false, "default 22")
              .variable(ANY + "JUMP", false, "the name of a machine to go through")
              .variable(ANY + "COMMAND", false, "")
              .variable(STORE_PASSWORD, false, "for the formats PKCS12, PKCS12_LEGACY and JKS")
              .required(HOST, "the name of the machine, as in the variables in lower case")
              .required(
                  DIRECTORY,
                  "where to, below the machine's base: the set is in live/ there, as"
                      + " fullchain.pem, cert.pem, chain.pem and privkey.pem"),
          true,
          STORE_PASSWORD);

  /** No name begins with a dot: that rules {@code ..} and our own temporary names out. */
  private static final Pattern RELATIVE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,7}");

  private final Service service;
  private final Machines machines;
  private final Callers callers;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<String, Caller> byMachine = new ConcurrentHashMap<>();

  SshDeliverer(SshConfig config, Callers callers, Clock clock, RandomGenerator random) {
    machines = new Machines(config);
    service = new Service(SERVICE, new Account(SERVICE.id(), machines.missing()));
    this.callers = callers;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public List<String> wrongSettings() {
    return machines.wrong();
  }

  @Override
  public String inPlaceOfAccounts() {
    return "name another machine, polycert.deliver.ssh.host.\"…\"";
  }

  @Override
  public Optional<String> place() {
    return Optional.of(DIRECTORY);
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    boolean password = false;
    Map<String, String> wrong = new HashMap<>();
    switch (machines.find(options.get(HOST))) {
      case Machines.Found.Usable(Machine machine) -> password = machine.storePassword().isPresent();
      case Machines.Found.Wrong(String why, _) -> wrong.put(HOST, why);
    }
    wrong.putAll(FileForm.wrong(options, true, password, STORE_PASSWORD));
    wrongDirectory(options.get(DIRECTORY)).ifPresent(why -> wrong.put(DIRECTORY, why));
    return wrong;
  }

  private static Optional<String> wrongDirectory(@Nullable String given) {
    if (given == null) {
      return Optional.of("is missing; a path below the base, www/example.com for example");
    }
    boolean right =
        RELATIVE.matcher(given).matches()
            && Pattern.compile("/").splitAsStream(given).noneMatch(RemoteDirectory::isReserved);
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
    Map<String, String> wrong = wrong(options);
    if (!wrong.isEmpty()
        || !(machines.find(options.get(HOST)) instanceof Machines.Found.Usable(Machine machine))) {
      return failed("Target.Invalid", wrong.toString());
    }
    FileForm form = FileForm.of(options);
    Optional<CertificateFiles> files =
        CertificateFiles.of(domain, certificate, form, machine.storePassword().orElse(""));
    if (files.isEmpty()) {
      return failed("Format.Unusable", FileForm.UNUSABLE);
    }
    String directory = Objects.requireNonNull(options.get(DIRECTORY));
    return caller(machine)
        .write(
            "Deliver",
            context,
            () ->
                Uni.createFrom()
                    .item(
                        () ->
                            exchange(
                                machine,
                                files.get(),
                                connection ->
                                    deliver(
                                        machine,
                                        connection,
                                        domain,
                                        directory,
                                        files.get(),
                                        form,
                                        context.deadline()),
                                context.deadline()))
                    .runSubscriptionOn(Thread::startVirtualThread));
  }

  /** One for each machine, so that none of them waits for another that is slow or down. */
  private Caller caller(Machine machine) {
    return byMachine.computeIfAbsent(
        machine.name(),
        name ->
            callers.of(
                SERVICE, new ServiceSettings(Optional.empty(), Optional.of(name), Map.of())));
  }

  /** The work at a machine. */
  private interface Work {

    String at(Connection connection) throws SshFailure;
  }

  private Exchange<String> exchange(
      Machine machine, CertificateFiles files, Work work, Instant deadline) {
    try (Connection connection = Connection.open(machine, deadline, clock)) {
      return Exchange.of(Answer.of(work.at(connection)));
    } catch (SshFailure failure) {
      return new Exchange<>(
          Answer.refused(files.hideIn(failure.error())),
          null,
          failure.connected() ? Exchange.Health.UP : Exchange.Health.DOWN,
          !failure.connected());
    }
  }

  private String deliver(
      Machine machine,
      Connection connection,
      DomainName domain,
      String directory,
      CertificateFiles files,
      FileForm form,
      Instant deadline)
      throws SshFailure {
    String live = upload(machine, connection, directory, files, form);
    Optional<String> command = machine.command();
    if (command.isPresent()) {
      new RemoteCommand(command.get(), machine.commandTimeout(), clock)
          .run(connection.session(), live, domain, deadline);
    }
    return machine.name() + ":" + live;
  }

  private String upload(
      Machine machine,
      Connection connection,
      String directory,
      CertificateFiles files,
      FileForm form)
      throws SshFailure {
    try {
      ChannelSftp sftp = (ChannelSftp) connection.session().openChannel("sftp");
      try {
        sftp.connect();
        return new RemoteDirectory(sftp, clock, random, step -> {})
            .write(machine.base(), directory, files, form);
      } finally {
        sftp.disconnect();
      }
    } catch (JSchException broken) {
      throw SshFailure.of(ErrorClass.RETRY, "Sftp.Failed", String.valueOf(broken.getMessage()));
    }
  }

  private static Uni<Answer<String>> failed(String code, String message) {
    return Answer.<String>refused(new VendorError(ErrorClass.FINAL, code, message)).now();
  }
}
