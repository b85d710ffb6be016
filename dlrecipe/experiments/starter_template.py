"""The text of a first config."""

TEMPLATE = """\
# yaml-language-server: $schema=dlrecipe.schema.json
# A training for dlrecipe. Look at the data:  dlrecipe check <this file>
# Train it:                                   dlrecipe train <this file>
# Try a value without editing the file:       dlrecipe train <this file> -S training.lambda=3
# The line on top lets editors check and complete keys; init wrote the file it names, and so does:
#                                             dlrecipe schema > dlrecipe.schema.json
# A line that begins with # is not read. Where it shows a key, it shows the key's default or an example.
{advice}
# name: my-model            # begins the names of run folders; default: the name of this file
seed: 0                     # all randomness starts here: the same seed gives the same run

data:
  source: {source:<17} # digits, breast-cancer, diabetes, or a .csv, .parquet, .npz, .npy or IDX file
  {target:<25} # what is predicted: a column, an array of the .npz, or a file of labels
  task: {task:<19} # classification or regression
  split: auto               # dev and test get 20 % each; or such as {{train: 0.6, dev: 0.2, test: 0.2}}
  # stratify: true          # the same mix of classes in each part
  # dev: other.csv          # take the dev set from its own file, perhaps from another distribution
  # test: other2.csv        # likewise the test set
  # train_dev: 0.05         # set this share of the training examples aside, to tell mismatch from variance
  # split_seed: 0           # where the split starts, if not at seed: several seeds then share their parts
  # train_examples: 500     # train on so many of the training examples only; fewer are part of more
  {missing:<25} # what an empty cell does: error, mean, median or drop, or such a word by column
  {indicator:<25} # a second input for a column with gaps: 1 where the cell is empty
  {drop:<25} # columns that are no inputs{why}
  # keep: null              # or the only columns that are inputs, such as [age, income]
  # group: patient          # a column: rows with the same value stay in one part
  # time: null              # or a column of dates: the oldest rows are train, the newest test
  normalize: true           # inputs to mean 0 and variance 1, by statistics of the training examples only
  # stream: auto            # a .npy or .parquet file of 1 GiB or more stays on disk; true: any; false: none
  # augment: {{shift: 1}}    # pictures: training moves them by up to so many pixels; flip: horizontal mirrors

network:
  layers: {layers:<17} # units of each hidden layer; [] is a linear model
  activation: relu          # relu, leaky_relu, tanh, sigmoid or identity
  keep_prob: 1.0            # dropout: the chance that a hidden unit is kept; below 1 lowers variance
  # init: he                # he, lecun, xavier, zeros or a standard deviation

training:
  optimizer: adam           # adam, rmsprop, momentum, gd (plain gradient descent) or lbfgs
  learning_rate: 0.001      # length of a step
  # schedule: constant      # or step, cosine, inverse: how the learning rate falls
  batch_size: {batch_size:<13} # examples in a step; full takes all
  epochs: {epochs:<17} # passes over the training examples, at most
  lambda: {lambd:<17} # strength of the penalty on large weights; more lowers variance and raises bias
  l1_ratio: 0.0             # its kind: 0 is L2 (small weights), 1 is L1 (many weights exactly 0)
  patience: 10              # stop after this many epochs without a better dev error; null never stops early
  # class_weight: balanced  # rare classes count as much as common ones; or such as {{yes: 5}}; default: null
  # threads: auto           # of the matrix products; auto is 1, more where a step is long
  # kernels: auto           # numba (the extra `fast`) where the training is long enough, else numpy

recipe:
  # metric: error           # what errors are: error, balanced_error, f1 (1 - F1) or auc (1 - AUC)
  human_error: null         # the best error possible, such as 1%; null takes 0
  tolerance: 0.02           # bias or variance above this is high ...
  share: 0.15               # ... if it is also this share of dev error - human error

# sweep:                      # what `dlrecipe sweep <this file>` tries; every other command passes it over
#   method: grid              # grid, random or tpe (Optuna's; the extra `sweep`)
#   trials: null              # trainings at most; null takes all of a grid, else 20
#   prune: false              # true gives up trainings that are behind others at the same epoch
#   space:                    # for each key a list of values, or a range
#     training.lambda: [0, 0.1, 1]
#     training.learning_rate: {{low: 1e-4, high: 1e-1, log: true}}
"""
