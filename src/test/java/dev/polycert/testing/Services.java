package dev.polycert.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.Descriptor;
import dev.polycert.call.PerAccount;
import dev.polycert.call.RestClients;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsWriter;
import dev.polycert.provider.CertificateProvider;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Finds the certificate providers, DNS writers and deliverers as the container does, and makes them
 * without it. A test that goes through all of them holds for those to come as well.
 */
public final class Services {
  private static final String VENDORS = "dev.polycert.vendor";

  private static final List<Class<?>> SPIS =
      List.of(CertificateProvider.class, DnsWriter.class, Deliverer.class);

  /** What the sandbox sets in development and tests. */
  private static final Path SANDBOX =
      Path.of("src/sandbox/resources/META-INF/microprofile-config.properties");

  private static final List<Found> ALL = find();

  private Services() {}

  /**
   * A service.
   *
   * @param type the class of its provider, writer or deliverer
   * @param rest whether it is called over HTTP through our REST clients
   */
  public record Found(Class<?> type, Descriptor descriptor, boolean rest) {

    /** How requests and settings name it. */
    public String id() {
      return descriptor.id();
    }

    /** The folder of its vendor, {@code tencent}. */
    public String vendor() {
      return type.getPackageName().substring(VENDORS.length() + 1).replaceFirst("\\..*", "");
    }
  }

  /** All of them, by the names of their classes. */
  public static List<Found> all() {
    return ALL;
  }

  /** Those that implement one of the interfaces. */
  public static List<Found> of(Class<?> spi) {
    return ALL.stream().filter(found -> spi.isAssignableFrom(found.type)).toList();
  }

  /** The ids of those providers whose vendors the sandbox emulates, sorted. */
  public static List<String> emulatedProviders() {
    return emulated().map(Found::id).sorted().toList();
  }

  /** Those of them that are configured wherever the sandbox is: "all providers" of a request. */
  public static List<String> sandboxProviders() {
    Properties sandbox = sandbox();
    return emulated()
        .filter(
            found ->
                found.descriptor.required().stream()
                    .allMatch(name -> sandbox.containsKey("%dev,test." + name)))
        .map(Found::id)
        .sorted()
        .toList();
  }

  private static Stream<Found> emulated() {
    return of(CertificateProvider.class).stream().filter(Found::rest);
  }

  /** The settings that come with the sandbox. */
  private static Properties sandbox() {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(SANDBOX)) {
      settings.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  /** The variables of all of them that contain a secret or the id of a key, each once. */
  public static List<Descriptor.Variable> secrets() {
    return ALL.stream()
        .flatMap(found -> found.descriptor.variables().stream())
        .filter(variable -> variable.part() != Descriptor.Part.OTHER)
        .distinct()
        .toList();
  }

  /**
   * Calls the constructors of a class and of what it consists of, as the container does.
   *
   * @param settings what the environment and the configuration say
   * @param parts what is there already, by type; gets what is made besides
   */
  public static Object make(
      Class<?> type, Map<String, String> settings, Map<Class<?>, Object> parts) {
    Constructor<?> constructor =
        Stream.of(type.getDeclaredConstructors())
            .max(Comparator.comparingInt(Constructor::getParameterCount))
            .orElseThrow();
    constructor.setAccessible(true);
    List<Object> arguments = new ArrayList<>();
    for (Class<?> wanted : constructor.getParameterTypes()) {
      Object part = parts.get(wanted);
      if (part == null) {
        part = part(wanted, settings, parts);
        parts.put(wanted, part);
      }
      arguments.add(part);
    }
    try {
      return constructor.newInstance(arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type.getName(), e);
    }
  }

  private static Object part(
      Class<?> wanted, Map<String, String> settings, Map<Class<?>, Object> parts) {
    if (wanted == Config.class) {
      return config(settings).build();
    }
    if (wanted.isAnnotationPresent(ConfigMapping.class)) {
      return config(settings).withMapping(wanted).build().getConfigMapping(wanted);
    }
    return wanted.isInterface() ? unused(wanted) : make(wanted, settings, parts);
  }

  private static SmallRyeConfigBuilder config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(settings, "test", 100));
  }

  /** Stands for what a service has for its calls, where none is made. */
  private static Object unused(Class<?> wanted) {
    return Proxy.newProxyInstance(
        wanted.getClassLoader(),
        new Class<?>[] {wanted},
        (proxy, method, arguments) -> {
          throw new UnsupportedOperationException(method.toString());
        });
  }

  private static List<Found> find() {
    Path classes =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(element -> !element.endsWith("test-classes"))
            .filter(element -> Files.isDirectory(element.resolve(folder(VENDORS))))
            .findFirst()
            .orElseThrow();
    try (Stream<Path> files = Files.walk(classes.resolve(folder(VENDORS)))) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("$"))
          .map(file -> file.replace(".class", "").replace(File.separatorChar, '.'))
          .sorted()
          .map(Services::load)
          .filter(
              type ->
                  type.isAnnotationPresent(ApplicationScoped.class)
                      || type.isAnnotationPresent(PerAccount.class))
          .filter(type -> SPIS.stream().anyMatch(spi -> spi.isAssignableFrom(type)))
          .map(Services::found)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folder(String packageName) {
    return packageName.replace('.', '/');
  }

  /** With the loader of this class, so that its interfaces are those of the tests. */
  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Services.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Found found(Class<?> type) {
    Map<Class<?>, Object> parts = new HashMap<>();
    parts.put(Clock.class, Clock.systemUTC());
    parts.put(ObjectMapper.class, new ObjectMapper());
    Object made = make(type, Map.of(), parts);
    return new Found(type, descriptor(made), parts.containsKey(RestClients.class));
  }

  private static Descriptor descriptor(Object made) {
    return switch (made) {
      case CertificateProvider provider -> provider.service().descriptor();
      case DnsWriter writer -> writer.service().descriptor();
      case Deliverer deliverer -> deliverer.service().descriptor();
      default -> throw new IllegalStateException(made.getClass().getName());
    };
  }
}
