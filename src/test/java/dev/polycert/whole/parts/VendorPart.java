package dev.polycert.whole.parts;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of vendors and of their failures. */
@Suite
@SelectPackages({
  "dev.polycert.vendor",
  "dev.polycert.provider",
  "dev.polycert.whole.judge",
  "dev.polycert.whole.chaos"
})
@IncludeClassNamePatterns(".*Test")
class VendorPart {}
