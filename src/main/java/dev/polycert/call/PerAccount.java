package dev.polycert.call;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Scope;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The scope of beans of which each account has one. Another bean of the same account gets the one
 * of that account. A bean that no other one of its vendor is given may be application scoped as
 * well: see {@link NamedAccounts}.
 */
@Scope
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface PerAccount {}
