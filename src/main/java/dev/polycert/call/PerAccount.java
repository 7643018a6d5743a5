package dev.polycert.call;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Scope;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The scope of beans that exist once for each account. Beans of the same account are injected into
 * each other. A bean that no other bean of its vendor uses may be application scoped as well: see
 * {@link NamedAccounts}.
 */
@Scope
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface PerAccount {}
