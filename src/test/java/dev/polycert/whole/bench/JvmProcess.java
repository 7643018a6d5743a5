package dev.polycert.whole.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A process that is measured from outside through its management beans. All have the same heap and
 * collector, so that their figures can be compared.
 */
final class JvmProcess implements AutoCloseable {
  private static final List<String> JVM =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-Djava.rmi.server.hostname=127.0.0.1",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final BufferedReader told;
  private JMXConnector management;

  /**
   * Starts it.
   *
   * @param arguments of the JVM: what it runs
   * @param directory where it runs
   */
  JvmProcess(List<String> arguments, Map<String, String> environment, Path directory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(JVM);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    told = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Waits for a line of its output that has this in it. */
  Matcher await(String pattern) throws IOException {
    Pattern awaited = Pattern.compile(pattern);
    StringBuilder before = new StringBuilder();
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      Matcher matcher = awaited.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
      before.append(line).append('\n');
    }
    throw new IOException("it ended without \"" + pattern + "\":\n" + before);
  }

  /** Reads the rest of its output, so that it never blocks on a full pipe. */
  void ignoreTheRest() {
    Thread.startVirtualThread(() -> told.lines().forEach(line -> {}));
  }

  /** Writes a line to its input. */
  void say(String line) throws IOException {
    Writer input = process.outputWriter(StandardCharsets.UTF_8);
    input.write(line + "\n");
    input.flush();
  }

  long pid() {
    return process.pid();
  }

  /** Its management beans. */
  MBeanServerConnection beans() throws Exception {
    if (management == null) {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      management = JMXConnectorFactory.connect(new JMXServiceURL(address));
    }
    return management.getMBeanServerConnection();
  }

  @Override
  public void close() throws Exception {
    if (management != null) {
      management.close();
    }
    process.destroy();
    process.waitFor(30, TimeUnit.SECONDS);
    process.destroyForcibly();
  }
}
