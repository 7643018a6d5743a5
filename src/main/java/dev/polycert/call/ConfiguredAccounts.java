package dev.polycert.call;

import dev.polycert.domain.DnsNames;
import dev.polycert.startup.StartupCheck;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The accounts of the configuration. Each account gets its own instance of each provider, writer
 * and deliverer bean of its vendor, whatever the scope of the bean is. Without configured accounts
 * no instance is made.
 */
@ApplicationScoped
class ConfiguredAccounts implements NamedAccounts, StartupCheck {
  /** Other characters would be changed in the name of an environment variable. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");

  private static final String VENDORS = "dev.polycert.vendor.";

  private final BeanContainer beans;
  private final List<NamedAccount> accounts;
  private final List<String> wrong = new ArrayList<>();

  ConfiguredAccounts(AccountConfig config, BeanContainer beans) {
    this.beans = beans;
    this.accounts =
        new TreeMap<>(config.byName())
            .entrySet().stream().map(entry -> account(entry.getKey(), entry.getValue())).toList();
    requireDistinctDomains();
  }

  private NamedAccount account(String name, AccountConfig.Settings settings) {
    NamedAccount account =
        new NamedAccount(
            name,
            settings.vendor().trim(),
            settings.domains().orElse(List.of()).stream().map(String::trim).toList(),
            settings.zones().orElse(List.of()),
            settings.zoneIds().orElse(List.of()),
            settings.endpoint());
    if (!NAME.matcher(name).matches() || name.equals(NamedAccount.DEFAULT)) {
      wrong.add(
          "%s: an account's name has 1 to 32 lower-case letters and digits, and is not '%s'"
              .formatted(account.setting("vendor"), NamedAccount.DEFAULT));
    }
    return account;
  }

  private void requireDistinctDomains() {
    Map<String, NamedAccount> claimed = new HashMap<>();
    for (NamedAccount account : accounts) {
      for (String domain : account.domains()) {
        if (!DnsNames.isName(DnsNames.canonical(domain))) {
          wrong.add("%s: '%s' is no domain name".formatted(account.setting("domains"), domain));
          continue;
        }
        NamedAccount other =
            claimed.putIfAbsent(account.vendor() + " " + domain.toLowerCase(Locale.ROOT), account);
        if (other != null && !other.equals(account)) {
          wrong.add(
              "%s and %s both name %s: keep it in one of them"
                  .formatted(
                      other.setting("domains"),
                      account.setting("domains"),
                      domain.toLowerCase(Locale.ROOT)));
        }
      }
    }
  }

  @Override
  public List<String> wrong() {
    List<String> all = new ArrayList<>(wrong);
    if (accounts.isEmpty()) {
      return all;
    }
    TreeSet<String> vendors = new TreeSet<>();
    Map<String, Bean<?>> single = new HashMap<>();
    for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
      vendor(bean).ifPresent(vendors::add);
    }
    for (Bean<?> bean : beans.getBeans(OneAccount.class, Any.Literal.INSTANCE)) {
      vendor(bean).ifPresent(vendor -> single.put(vendor, bean));
    }
    TreeSet<String> withAccounts = new TreeSet<>(vendors);
    withAccounts.removeAll(single.keySet());
    for (NamedAccount account : accounts) {
      Bean<?> alone = single.get(account.vendor());
      if (!vendors.contains(account.vendor())) {
        all.add(
            "%s: there is no vendor '%s'; there are: %s"
                .formatted(
                    account.setting("vendor"), account.vendor(), String.join(", ", withAccounts)));
      } else if (alone != null) {
        all.add(
            "%s: '%s' has no accounts: %s"
                .formatted(account.setting("vendor"), account.vendor(), instead(alone)));
      }
    }
    return all;
  }

  private String instead(Bean<?> bean) {
    OneAccount service =
        (OneAccount)
            beans.getReference(bean, OneAccount.class, beans.createCreationalContext(bean));
    return service.inPlaceOfAccounts();
  }

  @Override
  public List<NamedAccount> all() {
    return accounts;
  }

  @Override
  public <T> List<T> instances(Class<T> type) {
    List<T> instances = new ArrayList<>();
    for (NamedAccount account : accounts) {
      for (Bean<?> bean : beans.getBeans(type, Any.Literal.INSTANCE)) {
        if (vendor(bean).filter(account.vendor()::equals).isPresent()) {
          instances.add(type.cast(account.making(() -> made(bean))));
        }
      }
    }
    return instances;
  }

  /** Makes an instance for the account, even of a bean that has another scope. */
  private <T> T made(Bean<T> bean) {
    Context perAccount = Arc.requireContainer().getActiveContext(PerAccount.class);
    return perAccount.get(bean, beans.createCreationalContext(bean));
  }

  private static Optional<String> vendor(Bean<?> bean) {
    String name = bean.getBeanClass().getName();
    return name.startsWith(VENDORS)
        ? Optional.of(name.substring(VENDORS.length(), name.indexOf('.', VENDORS.length())))
        : Optional.empty();
  }
}
