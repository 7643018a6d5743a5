package dev.polycert.call;

import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InjectableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the beans of {@link PerAccount} by account, for as long as the application runs. */
public final class PerAccountContext implements InjectableContext {
  private final Map<Key, Kept<?>> instances = new ConcurrentHashMap<>();

  private record Key(Optional<String> account, Contextual<?> bean) {

    static Key of(Contextual<?> bean) {
      return new Key(NamedAccount.current().map(NamedAccount::name), bean);
    }
  }

  private record Kept<T>(Contextual<T> bean, T instance, CreationalContext<T> context) {

    void destroy() {
      bean.destroy(instance, context);
    }
  }

  @Override
  public Class<? extends Annotation> getScope() {
    return PerAccount.class;
  }

  /** A bean of the account whose beans are being made. */
  @Override
  public <T> T get(Contextual<T> bean, CreationalContext<T> context) {
    T there = get(bean);
    if (there != null) {
      return there;
    }
    // Not in computeIfAbsent: making one bean may make others of this scope.
    synchronized (this) {
      T meanwhile = get(bean);
      if (meanwhile != null) {
        return meanwhile;
      }
      T made = bean.create(context);
      instances.put(Key.of(bean), new Kept<>(bean, made, context));
      return made;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // It was put under the bean that made it.
  public <T> @Nullable T get(Contextual<T> bean) {
    Kept<?> kept = instances.get(Key.of(bean));
    return kept == null ? null : (T) kept.instance();
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public void destroy(Contextual<?> bean) {
    Kept<?> kept = instances.remove(Key.of(bean));
    if (kept != null) {
      kept.destroy();
    }
  }

  @Override
  public void destroy() {
    instances.values().forEach(Kept::destroy);
    instances.clear();
  }

  @Override
  public ContextState getState() {
    Map<InjectableBean<?>, Object> current = new LinkedHashMap<>();
    instances.forEach((key, kept) -> current.put((InjectableBean<?>) key.bean(), kept.instance()));
    return () -> current;
  }
}
