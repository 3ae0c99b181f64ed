# What the launcher has to know from the build.
cli_jar='cli/target/${project.build.finalName}.jar'
examples_jar='examples/target/millrace-examples-${project.version}.jar'
spark_core='spark-core_${scala.binary.version}-${spark.version}.jar'
spark_jvm_options='${spark.jvm.options}'
